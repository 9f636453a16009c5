package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;

class HandshakeTest {
  private static final Bytes32 ONE = new Bytes32(1, 1, 1, 1);
  private static final Bytes32 TWO = new Bytes32(2, 2, 2, 2);
  private static final Handshake.Expected CATALOG = new Handshake.Expected(Role.CATALOG, 1);

  private final Handshake client = Handshake.client(Rig.GATEWAY, CATALOG, ONE);
  private final Handshake server = Handshake.server(Rig.CATALOG, TWO);

  private static Identity with(Identity identity, List<Integer> members) {
    return new Identity(
        identity.role(), identity.node(), identity.incarnation(), identity.secret(), members);
  }

  private void refuses(Message message, String why) {
    assertThatThrownBy(() -> server.received(message))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
    assertThat(server.isDone()).isFalse();
  }

  private static Message.Hello changed(
      Message.Hello hello, int versionMin, int versionMax, long cluster) {
    return new Message.Hello(
        versionMin,
        versionMax,
        cluster,
        hello.role(),
        hello.node(),
        hello.incarnation(),
        hello.nonce(),
        hello.members());
  }

  @Test
  void bothProveThatTheyKnowTheSecret() throws Exception {
    var ofClient = client.received(server.hello());
    var ofServer = server.received(client.hello());
    assertThat(ofClient).isNotEqualTo(ofServer);
    assertThat(client.received(ofServer)).isNull();
    assertThat(server.received(ofClient)).isNull();
    assertThat(client.isDone()).isTrue();
    assertThat(server.isDone()).isTrue();
    assertThat(server.peer()).isEqualTo(client.hello());
  }

  @Test
  void refusesAProofByAnotherSecret() throws Exception {
    // It names the same cluster, as an attacker would.
    var impostor = Handshake.client(Rig.identity(Role.GATEWAY, 1, 9), CATALOG, ONE);
    long cluster = server.hello().cluster();
    var proof = impostor.received(changed(server.hello(), 2, 2, impostor.hello().cluster()));
    server.received(changed(impostor.hello(), 2, 2, cluster));
    refuses(proof, "secret");
  }

  @Test
  void refusesItsOwnProofSentBack() throws Exception {
    refuses(server.received(client.hello()), "secret");
  }

  @Test
  void refusesAProofForAnotherNonce() throws Exception {
    var proof = client.received(Handshake.server(Rig.CATALOG, ONE).hello());
    server.received(client.hello());
    refuses(proof, "secret");
  }

  @Test
  void refusesAnotherCluster() {
    refuses(changed(client.hello(), 2, 2, 5), "another cluster");
  }

  @Test
  void refusesVersionsThatItDoesNotSpeak() {
    long cluster = server.hello().cluster();
    refuses(changed(client.hello(), 3, 4, cluster), "versions 3 to 4");
    refuses(changed(client.hello(), 1, 1, cluster), "versions 1 to 1");
  }

  @Test
  void comparesMembersOnlyWhereBothKnowThem() throws Exception {
    var three = with(Rig.CATALOG, List.of(1, 2, 3));
    var two = with(Rig.GATEWAY, List.of(1, 2));
    assertThat(Handshake.server(three, TWO).received(client.hello())).isNotNull();
    assertThat(server.received(Handshake.client(two, CATALOG, ONE).hello())).isNotNull();
    assertThatThrownBy(
            () ->
                Handshake.server(three, TWO).received(Handshake.client(two, CATALOG, ONE).hello()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("[1, 2, 3]");
  }

  @Test
  void clientRefusesAnotherNodeThanTheExpectedOne() {
    for (var other : List.of(Rig.identity(Role.CATALOG, 2, 7), Rig.identity(Role.ORDER, 1, 7))) {
      assertThatThrownBy(() -> client.received(Handshake.server(other, TWO).hello()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(other.role().word());
    }
  }

  @Test
  void refusesItself() {
    refuses(Handshake.client(Rig.CATALOG, CATALOG, ONE).hello(), "as this node is");
  }

  @Test
  void refusesAnythingBeforeTheProof() throws Exception {
    refuses(new Message.Ping(), "not authenticated");
    refuses(new Message.Proof(ONE), "not authenticated");
    server.received(client.hello());
    refuses(client.hello(), "not authenticated");
    refuses(new Message.Renew(), "not authenticated");
  }
}
