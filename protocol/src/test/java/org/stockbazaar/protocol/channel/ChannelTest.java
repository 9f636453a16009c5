package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.invariant.InvariantError;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/** Clients and servers over real sockets. */
class ChannelTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final Rig rig = new Rig();
  private final Rig.Listening listening = new Rig.Listening();
  private final Rig.Ends ends = new Rig.Ends();

  @AfterEach
  void close() {
    rig.close();
  }

  private FrameClient open(HostPort address, ChannelLimits limits) throws Exception {
    var client = rig.client(Rig.GATEWAY, address, listening, limits);
    rig.await("the channel opens", client::isOpen);
    return client;
  }

  private FrameClient open() throws Exception {
    return open(rig.serve(), ChannelLimits.DEFAULT);
  }

  private void call(FrameClient client, Message request, long timeoutNanos) throws Exception {
    rig.run(
        () -> {
          client.call(request, timeoutNanos, ends);
          client.flush();
        });
  }

  @Test
  void answersCallsBetweenPeersThatKnowEachOther() throws Exception {
    var client = open();
    call(client, new Message.Lookup("GameStart", 1), Rig.FOREVER_NANOS);
    call(client, new Message.Lookup("GameStart", 0), Rig.FOREVER_NANOS);
    rig.await("two replies", () -> ends.ends.size() == 2);
    assertThat(ends.ends).containsOnly(new Message.Found(Rig.STOCK));
    assertThat(listening.heard).containsExactly("opened catalog-1");
    Message.Hello peer = rig.sessions.get(0).connection.peer();
    assertThat(peer.role()).isEqualTo(Role.GATEWAY);
    assertThat(peer.incarnation()).isEqualTo(1);
    assertThat(rig.on(client::inFlight)).isZero();
  }

  @Test
  void refusesAPeerWithAnotherSecret() throws Exception {
    var client = rig.client(Rig.identity(Role.GATEWAY, 1, 8), rig.serve(), listening);
    rig.await("it comes back after a refusal", () -> rig.figures.refused().count() >= 3);
    assertThat(rig.on(client::isOpen)).isFalse();
    assertThat(rig.sessions).isEmpty();
    assertThat(listening.heard).isEmpty();
  }

  @Test
  void refusesAServerThatIsNotTheExpectedOne() throws Exception {
    var address = rig.serve();
    for (var expected :
        List.of(new Handshake.Expected(Role.ORDER, 1), new Handshake.Expected(Role.CATALOG, 2))) {
      long before = rig.on(() -> rig.figures.refused().count());
      var client =
          new FrameClient(
              rig.transport,
              Rig.GATEWAY,
              expected.role(),
              expected.node(),
              address,
              listening,
              ChannelLimits.DEFAULT,
              rig.metrics);
      client.start();
      rig.await("refused", () -> rig.figures.refused().count() >= before + 2);
      client.close();
    }
    assertThat(listening.heard).isEmpty();
  }

  @Test
  void aServerMayRefuseAnAuthenticatedPeer() throws Exception {
    var server =
        new FrameServer(
            rig.transport,
            Rig.CATALOG,
            new HostPort("127.0.0.1", 0),
            connection -> null,
            ChannelLimits.DEFAULT,
            rig.metrics);
    rig.client(Rig.GATEWAY, server.start(), listening);
    rig.await("closed, and again", () -> Collections.frequency(listening.heard, "closed") >= 2);
  }

  @Test
  void closesAChannelWhoseClientIsSilent() throws Exception {
    var limits = Rig.limits(50 * MILLISECOND, 10, 1 << 20);
    try (var silent = new RawPeer(rig.serve(0, limits).start())) {
      silent.awaitClose();
    }
    rig.await("counted", () -> rig.figures.refused().count() == 1);
    assertThat(rig.sessions).isEmpty();
  }

  @Test
  void closesAChannelWhoseServerIsSilent() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var address = new HostPort("127.0.0.1", silent.getLocalPort());
      rig.client(Rig.GATEWAY, address, listening, Rig.limits(50 * MILLISECOND, 10, 1 << 20));
      try (var accepted = silent.accept()) {
        accepted.setSoTimeout(60_000);
        accepted.getInputStream().readAllBytes();
      }
    }
    rig.await("counted", () -> rig.figures.refused().count() >= 1);
    assertThat(listening.heard).isEmpty();
  }

  @Test
  void connectsAgainWhenTheServerIsBack() throws Exception {
    var server = rig.serve(Rig.freePort(), ChannelLimits.DEFAULT);
    var address = server.start();
    var client = open(address, ChannelLimits.DEFAULT);
    server.close();
    rig.await("closed", () -> listening.heard.contains("closed"));
    rig.serve(address.port(), ChannelLimits.DEFAULT).start();
    rig.await("open again", client::isOpen);
    call(client, new Message.Lookup("GameStart", 1), Rig.FOREVER_NANOS);
    rig.await("a reply", () -> ends.ends.size() == 1);
    assertThat(ends.ends).containsExactly(new Message.Found(Rig.STOCK));
  }

  @Test
  void aCallWithoutReplyIsLostAtItsDeadline() throws Exception {
    var client = open();
    call(client, new Message.FindOrder(2), Rig.FOREVER_NANOS);
    call(client, new Message.FindOrder(1), 20 * MILLISECOND);
    rig.await("the shorter deadline", () -> !ends.ends.isEmpty());
    assertThat(ends.ends).containsExactly("lost, maybe sent");
    assertThat(rig.on(client::inFlight)).isEqualTo(1);
    assertThat(rig.on(client::isOpen)).isTrue();
  }

  @Test
  void aLateReplyIsDroppedAndCounted() throws Exception {
    var client = open();
    call(client, new Message.FindOrder(1), MILLISECOND);
    rig.await("lost", () -> !ends.ends.isEmpty());
    rig.run(
        () -> {
          var connection = rig.sessions.get(0).connection;
          connection.send(1, new Message.Order(1, Side.BUY, 1, "GameStart"));
          connection.flush();
        });
    rig.await("counted", () -> rig.figures.late().count() == 1);
    assertThat(ends.ends).containsExactly("lost, maybe sent");
  }

  @Test
  void callsBeyondTheBoundAreNotSent() throws Exception {
    var client = open(rig.serve(), Rig.limits(TimeUnit.SECONDS.toNanos(60), 2, 1 << 20));
    for (int i = 0; i < 3; i++) {
      call(client, new Message.FindOrder(i), Rig.FOREVER_NANOS);
    }
    assertThat(rig.on(() -> List.copyOf(ends.ends))).containsExactly("lost, never sent");
    rig.await("the others arrive", () -> rig.sessions.get(0).received.size() == 2);
  }

  @Test
  void callsWithoutAChannelAreNotSent() throws Exception {
    var client = open();
    rig.run(client::close);
    call(client, new Message.FindOrder(1), Rig.FOREVER_NANOS);
    assertThat(rig.on(() -> List.copyOf(ends.ends))).containsExactly("lost, never sent");
    assertThat(rig.on(() -> client.tell(new Message.Announce(1, 1)))).isFalse();
  }

  @Test
  void everyCallEndsOnceWhenTheChannelCloses() throws Exception {
    var client = open();
    for (int i = 0; i < 100; i++) {
      call(client, new Message.FindOrder(i), i < 50 ? Rig.FOREVER_NANOS : 100 * MILLISECOND);
    }
    rig.run(
        () -> {
          client.tell(new Message.Leave());
          client.flush();
        });
    rig.await("closed", () -> listening.heard.contains("closed"));
    rig.await("open again", client::isOpen);
    call(client, new Message.Lookup("GameStart", 1), Rig.FOREVER_NANOS);
    rig.await("a reply", () -> ends.ends.size() >= 101);
    assertThat(ends.ends.subList(0, 100)).containsOnly("lost, maybe sent");
    assertThat(ends.ends).hasSize(101).last().isEqualTo(new Message.Found(Rig.STOCK));
    assertThat(rig.sessions.get(0).closed).isEqualTo(1);
  }

  @Test
  void callsThatWereNeverFlushedAreKnownNotToBeSent() throws Exception {
    var client = open();
    rig.run(
        () -> {
          client.call(new Message.FindOrder(1), Rig.FOREVER_NANOS, ends);
          client.flush();
          client.call(new Message.FindOrder(2), Rig.FOREVER_NANOS, ends);
        });
    rig.await("the first one arrives", () -> rig.sessions.get(0).received.size() == 1);
    rig.run(() -> rig.sessions.get(0).connection.close());
    rig.await("both end", () -> ends.ends.size() == 2);
    assertThat(ends.ends).containsExactly("lost, maybe sent", "lost, never sent");
  }

  @Test
  void carriesBigFramesBothWays() throws Exception {
    var client = open();
    var stock = new Stock("a".repeat(40), 1, 2, 3, 4, 5);
    var listing = new Message.ListStocks(Collections.nCopies(8_000, stock));
    var page = new Message.Page(Collections.nCopies(1_000, stock), true);
    rig.run(
        () -> {
          client.tell(listing);
          client.tell(listing);
          client.flush();
        });
    rig.await("both arrive", () -> rig.sessions.get(0).received.size() == 2);
    assertThat(rig.sessions.get(0).received).containsExactly(listing, listing);
    rig.run(
        () -> {
          rig.sessions.get(0).connection.send(0, page);
          rig.sessions.get(0).connection.flush();
        });
    rig.await("it arrives", () -> listening.heard.contains("received " + page));
  }

  @Test
  void aServersRequestIsAnsweredByTheClient() throws Exception {
    open();
    rig.run(
        () -> {
          rig.sessions.get(0).connection.send(9, new Message.Drop(List.of("FishCo")));
          rig.sessions.get(0).connection.flush();
        });
    rig.await("an answer", () -> rig.sessions.get(0).received.size() == 1);
    assertThat(rig.sessions.get(0).received).containsExactly(new Message.Dropped());
  }

  @Test
  @Tag("O6")
  void aMalformedFrameClosesItsChannelAndIsCounted() throws Exception {
    var address = rig.serve();
    var good = open(address, ChannelLimits.DEFAULT);
    try (var stranger = new RawPeer(address);
        var member = new RawPeer(address)) {
      stranger.send(new byte[] {-1, -1, -1, -1});
      stranger.awaitClose();
      member.authenticate();
      member.send(new byte[] {0, 0, 0, 12, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
      member.awaitClose();
    }
    rig.await("counted", () -> rig.figures.malformed().count() == 2);
    assertThat(rig.on(rig.metrics::text)).contains("bazaar_malformed_frames_total 2");
    rig.await("its session hears of it", () -> rig.sessions.get(1).closed == 1);
    assertThat(rig.on(good::isOpen)).isTrue();
  }

  @Test
  @Tag("O6")
  void aSecondHelloIsMalformed() throws Exception {
    try (var member = new RawPeer(rig.serve())) {
      member.authenticate();
      member.send(0, Handshake.server(Rig.GATEWAY, Link.nonce()).hello());
      member.awaitClose();
    }
    rig.await("counted", () -> rig.figures.malformed().count() == 1);
  }

  @Test
  void aPeerThatDoesNotReadLosesItsChannel() throws Exception {
    var limits = Rig.limits(TimeUnit.SECONDS.toNanos(60), 10, 64 << 10);
    try (var slow = new RawPeer(rig.serve(0, limits).start())) {
      slow.authenticate();
      rig.await("a session", () -> rig.sessions.size() == 1);
      var page = new Message.Page(Collections.nCopies(1_000, Rig.STOCK), true);
      var connection = rig.sessions.get(0).connection;
      for (int i = 0; i < 10_000 && rig.on(connection::isOpen); i++) {
        rig.run(
            () -> {
              connection.send(0, page);
              connection.flush();
            });
      }
      rig.await("closed", () -> rig.sessions.get(0).closed == 1);
      assertThat(rig.on(() -> rig.figures.overflowed().count())).isEqualTo(1);
    }
  }

  @Test
  void aMessageThatCannotBeEncodedIsNotSentAndBreaksNothing() throws Exception {
    var client = open();
    rig.run(
        () -> {
          var noName = new Message.Trade(1, Key.NONE, Side.BUY, 1, "no name");
          assertThatThrownBy(() -> client.call(noName, Rig.FOREVER_NANOS, ends))
              .isInstanceOf(InvariantError.class);
          client.call(new Message.Lookup("GameStart", 1), Rig.FOREVER_NANOS, ends);
          client.flush();
        });
    rig.await("a reply", () -> ends.ends.size() == 1);
    assertThat(ends.ends).containsExactly(new Message.Found(Rig.STOCK));
  }

  @Test
  void onlyTheEventLoopMayUseAChannel() throws Exception {
    var client = open();
    assertThatThrownBy(() -> client.tell(new Message.Ping())).isInstanceOf(InvariantError.class);
  }

  @Test
  void aPortInUseIsSaid() {
    var address = rig.serve();
    assertThatThrownBy(() -> rig.serve(address.port(), ChannelLimits.DEFAULT).start())
        .isInstanceOf(FailedException.class)
        .hasMessageContaining(address.toString());
  }

  @Test
  void takesNoMoreChannelsThanItsBound() throws Exception {
    var limits = new ChannelLimits(TimeUnit.SECONDS.toNanos(60), 10, 1 << 20, 1);
    var address = rig.serve(0, limits).start();
    open(address, ChannelLimits.DEFAULT);
    try (var second = new RawPeer(address)) {
      second.awaitClose();
    }
    assertThat(rig.sessions).hasSize(1);
  }

  @Test
  void aServerThatStopsAcceptingKeepsItsChannels() throws Exception {
    var server = rig.serve(0, ChannelLimits.DEFAULT);
    var client = open(server.start(), ChannelLimits.DEFAULT);
    server.stopAccepting();
    call(client, new Message.Lookup("GameStart", 1), Rig.FOREVER_NANOS);
    rig.await("a reply", () -> ends.ends.size() == 1);
    assertThat(ends.ends).containsExactly(new Message.Found(Rig.STOCK));
  }
}
