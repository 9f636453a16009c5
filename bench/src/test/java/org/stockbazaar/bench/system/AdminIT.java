package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.bench.session.StockSeen;
import org.stockbazaar.protocol.config.HostPort;

/** What operators do at a gateway's second port, on real processes. */
@Tag("G10")
class AdminIT {
  @RegisterExtension
  static final LiveSystem SYSTEM = new LiveSystem(s -> s.withNodes(3, 2).withReset(true));

  private static Cluster cluster() {
    return SYSTEM.cluster();
  }

  private static HostPort second() {
    return cluster().node("gateway-2").address();
  }

  private static JsonNode replica(JsonNode cluster, String name) {
    for (JsonNode replica : cluster.path("replicas")) {
      if (replica.path("name").asText().equals(name)) {
        return replica;
      }
    }
    throw new AssertionError("no " + name + " in " + cluster);
  }

  @Test
  void withoutTheTokenThereIsNothing() throws Exception {
    try (var admin = new Admin(cluster(), 1)) {
      HttpReply reply = admin.askWithoutToken("GET", "/cluster");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("www-authenticate")).isEqualTo("Bearer");
      assertThat(admin.askWithoutToken("POST", "/reset").status()).isEqualTo(401);
    }
  }

  @Test
  void theClusterIsShownAndItsLeadershipMoved() throws Exception {
    try (var admin = new Admin(cluster(), 2)) {
      for (String name : List.of("order-1", "order-3")) {
        // On a stalled machine the leadership may move on by itself: then once more.
        LiveSystem.await(
            name + " leads",
            () ->
                admin.ask("POST", "/leader", "{\"to\":\"" + name + "\"}").status() == 200
                    && admin.data("GET", "/cluster", null).path("leader").asText().equals(name));
      }
      for (int id = 1; id <= 3; id++) {
        String name = "order-" + id;
        LiveSystem.await(
            name + " answers",
            () ->
                replica(admin.data("GET", "/cluster", null), name)
                    .path("role")
                    .asText()
                    .matches("leader|follower"));
        assertThat(replica(admin.data("GET", "/cluster", null), name).path("address").asText())
            .isEqualTo(cluster().node(name).address().toString());
      }
      cluster().kill("order-1");
      LiveSystem.await(
          "order-1 is missed",
          () ->
              replica(admin.data("GET", "/cluster", null), "order-1")
                  .path("role")
                  .asText()
                  .equals("unreachable"));
      HttpReply dead = admin.ask("POST", "/leader", "{\"to\":\"order-1\"}");
      assertThat(dead.status()).as(dead.body()).isEqualTo(409);
      cluster().restart("order-1");
    }
  }

  @Test
  @Tag("K1")
  @Tag("K2")
  void aCacheThatIsOffHoldsNothingAndNothingOldIsShownMeanwhile() throws Exception {
    try (var admin = new Admin(cluster(), 1);
        var client = SYSTEM.client();
        var other = new GatewayClient(second(), LiveSystem.PATIENCE_MILLIS)) {
      long quantity = client.stock("BoarCo").quantity();
      for (int i = 0; i < 20; i++) {
        boolean on = i % 2 == 1;
        // What the gateway holds right now is to be forgotten, or not to be begun with.
        assertThat(client.stock("BoarCo").quantity()).isEqualTo(quantity);
        JsonNode cache = admin.data("PUT", "/cache", "{\"enabled\":" + on + "}");
        assertThat(cache.path("enabled").booleanValue()).isEqualTo(on);
        assertThat(cache.path("entries").intValue()).isZero();
        HttpReply traded = other.trade("BoarCo", "sell", 1, "cache-" + i);
        assertThat(traded.status()).as(traded.body()).isEqualTo(200);
        quantity++;
        assertThat(client.stock("BoarCo").quantity()).isEqualTo(quantity);
        if (!on) {
          assertThat(admin.data("GET", "/cache", null).path("entries").intValue()).isZero();
        }
      }
      LiveSystem.await(
          "a hit",
          () -> {
            long hits = admin.data("GET", "/cache", null).path("hits").longValue();
            seen(client, "BoarCo");
            seen(client, "BoarCo");
            return admin.data("GET", "/cache", null).path("hits").longValue() > hits;
          });
      seen(client, "BoarCo");
      admin.data("POST", "/cache/invalidate", "");
      assertThat(admin.data("GET", "/cache", null).path("entries").intValue()).isZero();
    }
  }

  private static StockSeen seen(GatewayClient client, String name) {
    try {
      return client.stock(name);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Its outcome may be unknown on a stalled machine; here a second one does no harm. */
  private static void reset(Admin admin) throws InterruptedException {
    LiveSystem.await("a reset", () -> admin.ask("POST", "/reset", "").status() == 200);
  }

  @Test
  @Tag("O2")
  @Tag("K2")
  @Tag("B5")
  void aResetSetsAllStocksBackAndLeavesNumbersAndOrders() throws Exception {
    try (var admin = new Admin(cluster(), 1);
        var client = SYSTEM.client();
        var other = new GatewayClient(second(), LiveSystem.PATIENCE_MILLIS)) {
      for (int i = 0; i < 10; i++) {
        HttpReply traded = client.trade("GameStart", "buy", 40, "before-" + i);
        assertThat(traded.status()).as(traded.body()).isEqualTo(200);
        long number = GatewayClient.number(traded);
        // Both gateways hold the stock when it is reset.
        assertThat(client.stock("GameStart").quantity()).isEqualTo(60);
        assertThat(other.stock("GameStart").quantity()).isEqualTo(60);
        reset(admin);
        for (GatewayClient each : List.of(other, client)) {
          StockSeen stock = each.stock("GameStart");
          assertThat(stock.quantity()).isEqualTo(100);
          assertThat(stock.tradingVolume()).isZero();
          assertThat(each.order(number).quantity()).isEqualTo(40);
        }
        HttpReply next = other.trade("GameStart", "buy", 100, "after-" + i);
        assertThat(next.status()).as(next.body()).isEqualTo(200);
        assertThat(GatewayClient.number(next)).isEqualTo(number + 1);
        assertThat(GatewayClient.number(client.trade("GameStart", "buy", 40, "before-" + i)))
            .as("a repeat under its key")
            .isEqualTo(number);
        assertThat(client.trade("GameStart", "buy", 1, "more-" + i).status()).isEqualTo(409);
        reset(admin);
      }
      assertThat(client.stocks()).allMatch(stock -> stock.tradingVolume() == 0);
    }
    SYSTEM.requireVerified();
  }

  @Test
  @Tag("O2")
  @Tag("B5")
  void booksBalanceWhenStocksAreResetUnderLoad() throws Exception {
    try (var admin = new Admin(cluster(), 2);
        var traders = new Traders(2, SYSTEM.gateway(), second())) {
      for (int i = 0; i < 10; i++) {
        traders.awaitMore(50);
        reset(admin);
      }
      traders.requireGood();
    }
    SYSTEM.requireVerified();
  }
}
