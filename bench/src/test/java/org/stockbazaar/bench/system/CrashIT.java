package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.bench.session.RememberedOrder;
import org.stockbazaar.bench.session.SessionPlan;
import org.stockbazaar.bench.session.SessionResult;
import org.stockbazaar.bench.session.SessionRun;
import org.stockbazaar.bench.session.StockSeen;
import org.stockbazaar.bench.session.UnansweredException;

/** Whatever was acknowledged is there after any stop. */
@Tag("O2")
@Tag("O3")
class CrashIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem();

  private static final List<RememberedOrder> ORDERS = new ArrayList<>();

  private List<StockSeen> stocks;

  @BeforeEach
  void trade() throws UnansweredException {
    var plan =
        new SessionPlan(SYSTEM.gateway(), 2, 50, 1, ORDERS.size(), LiveSystem.PATIENCE_MILLIS);
    SessionResult result = new SessionRun(plan, done -> {}).run();
    assertThat(result.failures()).isEmpty();
    assertThat(result.differences()).isEmpty();
    ORDERS.addAll(result.orders());
    try (var client = SYSTEM.client()) {
      stocks = client.stocks();
    }
  }

  @AfterEach
  void everythingAcknowledgedIsThere() throws UnansweredException {
    try (var client = SYSTEM.client()) {
      assertThat(client.stocks()).isEqualTo(stocks);
      for (RememberedOrder order : ORDERS) {
        assertThat(client.order(order.number())).isEqualTo(order);
      }
      HttpReply next = client.trade("GameStart", "sell", 1, "next-" + ORDERS.size());
      assertThat(next.status()).as(next.body()).isEqualTo(200);
      assertThat(GatewayClient.number(next)).isEqualTo(ORDERS.size());
      ORDERS.add(new RememberedOrder(ORDERS.size(), "GameStart", "sell", 1));
    }
    SYSTEM.requireVerified();
  }

  @Test
  @Tag("C2")
  void aCleanStopKeepsEverything() {
    SYSTEM.cluster().stop();
    assertThat(SYSTEM.cluster().anyAlive()).isFalse();
    SYSTEM.requireVerified();
    SYSTEM.cluster().start();
  }

  @ParameterizedTest
  @Tag("C4")
  @ValueSource(strings = {"catalog", "order-1", "gateway-1"})
  void killingOneProcessKeepsEverything(String name) {
    SYSTEM.cluster().kill(name);
    assertThat(SYSTEM.state(name)).isEqualTo("dead");
    SYSTEM.cluster().restart(name);
    assertThat(SYSTEM.state(name)).isEqualTo("running");
  }

  @Test
  @Tag("D6")
  void killingAllProcessesKeepsEverything() {
    for (String name : SYSTEM.cluster().names()) {
      SYSTEM.cluster().kill(name);
    }
    SYSTEM.requireVerified();
    SYSTEM.cluster().start();
  }

  @Test
  @Tag("G6")
  void withoutALeaderATradeIsRefusedAsSurelyNotMade() throws Exception {
    SYSTEM.cluster().kill("order-1");
    try (var http = SYSTEM.http()) {
      // Before the gateway knows, a trade may go out on the dead channel: that outcome is unknown.
      LiveSystem.await("the gateway to miss the leader", () -> isNotReady(http));
      HttpReply reply =
          http.exchange("POST", "/orders", GatewayClient.body("GameStart", "sell", 1));
      assertThat(reply.status()).as(reply.body()).isEqualTo(503);
      assertThat(reply.header("retry-after")).isEqualTo("1");
    }
    SYSTEM.cluster().restart("order-1");
  }

  private static boolean isNotReady(HttpConnection http) {
    try {
      return http.exchange("GET", "/readyz", null).status() == 503;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
