package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.command.CommandLines;
import org.stockbazaar.protocol.config.HostPort;

/** The leadership is handed over by hand and by stopping the leader; clients notice neither. */
@Tag("D1")
@Tag("R2")
class TransferIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem(s -> s.withNodes(3, 2));

  private static final int ROUNDS = 4;
  private static final int STOPS = 4;
  private static final int TRADES = 100;

  private static HostPort[] gateways() {
    return new HostPort[] {
      SYSTEM.cluster().node("gateway-1").address(), SYSTEM.cluster().node("gateway-2").address()
    };
  }

  /**
   * On a stalled machine a hand-over may be given up; that is an answer, and no client's matter.
   */
  private static void transfer(String name) throws InterruptedException {
    LiveSystem.await(name + " leads", () -> SYSTEM.bazaar("transfer", name).status() == 0);
  }

  @Test
  @Tag("G9")
  void theLeadershipGoesRoundAndNoRequestFails() throws Exception {
    try (var traders = new Traders(3, gateways())) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String name : List.of("order-1", "order-3", "order-2")) {
          traders.awaitMore(TRADES);
          transfer(name);
        }
      }
      traders.awaitMore(TRADES);
      traders.requireGood();
    }
    SYSTEM.requireVerified();
  }

  @Test
  @Tag("G9")
  @Tag("G12")
  void aLeaderThatIsRestartedHandsOverAndNoRequestFails() throws Exception {
    try (var traders = new Traders(3, gateways())) {
      for (int i = 0; i < STOPS; i++) {
        traders.awaitMore(TRADES);
        SYSTEM.cluster().restart(leader());
      }
      traders.awaitMore(TRADES);
      traders.requireGood();
    }
    SYSTEM.requireVerified();
  }

  @Test
  void aTransferTellsWhoLeadsInWhichEpoch() throws Exception {
    transfer("order-2");
    LiveSystem.await(
        "order-2 leads still",
        () ->
            SYSTEM
                .bazaar("transfer", "order-2")
                .out()
                .matches("order-2 leads already, in epoch \\d+\\.\\R"));
    CommandLines.Result told = SYSTEM.bazaar("transfer", "order-2", "--json");
    JsonNode json = new ObjectMapper().readTree(told.out());
    assertThat(json.path("leader").asText()).isEqualTo("order-2");
    assertThat(json.path("epoch").longValue()).isPositive();
    assertThat(json.path("already").isBoolean()).isTrue();
  }

  @Test
  void itNeedsNoGateway() throws Exception {
    // Should the leader step down meanwhile, only a gateway could have another one elected.
    LiveSystem.await("both lead in turn", TransferIT::transfersWithoutGateways);
  }

  private static String leader() {
    return SYSTEM.cluster().node("leader").name();
  }

  private static boolean transfersWithoutGateways() {
    List<String> gateways = List.of("gateway-1", "gateway-2");
    gateways.forEach(SYSTEM.cluster()::kill);
    boolean done =
        SYSTEM.bazaar("transfer", "order-1").status() == 0
            && SYSTEM.bazaar("transfer", "order-3").status() == 0;
    gateways.forEach(SYSTEM.cluster()::restart);
    return done;
  }

  @Test
  void aTargetThatCannotLeadIsNamedWithWhatToDo() throws Exception {
    transfer("order-3");
    SYSTEM.cluster().pause("order-1");
    CommandLines.Result paused = SYSTEM.bazaar("transfer", "order-1");
    assertThat(paused.status()).isEqualTo(1);
    assertThat(paused.err()).contains("order-1 is paused", "bazaar resume order-1");
    SYSTEM.cluster().resume("order-1");
    SYSTEM.cluster().kill("order-1");
    CommandLines.Result dead = SYSTEM.bazaar("transfer", "order-1");
    assertThat(dead.status()).isEqualTo(1);
    assertThat(dead.err()).contains("order-1 is dead", "bazaar restart order-1");
    SYSTEM.cluster().restart("order-1");
    assertThat(SYSTEM.bazaar("transfer", "gateway-1").status()).isEqualTo(1);
  }
}
