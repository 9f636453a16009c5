package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.config.HostPort;

/**
 * An order under a key happens once, whoever sends it, however often and through whatever crash.
 */
@Tag("G8")
class KeysIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem(s -> s.withNodes(1, 2));

  private static final int CLIENTS = 6;
  private static final int ROUNDS = 40;

  @Test
  void manyAtOnceThroughTwoGatewaysGetOneNumber() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      var together = new CyclicBarrier(CLIENTS);
      List<Future<List<Long>>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(threads.submit(tradesUnderSharedKeys(client, together)));
      }
      List<Long> first = clients.get(0).get(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      for (Future<List<Long>> client : clients) {
        assertThat(client.get(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(first);
      }
      assertThat(first).doesNotHaveDuplicates().hasSize(ROUNDS);
      requireRemembered(first);
      SYSTEM.cluster().kill("order-1");
      SYSTEM.cluster().restart("order-1");
      requireRemembered(first);
      try (var client = SYSTEM.client()) {
        long next = GatewayClient.number(client.trade("FishCo", "sell", 1, "next"));
        assertThat(next).as("nothing was traded twice").isEqualTo(first.get(ROUNDS - 1) + 1);
      }
    } finally {
      threads.shutdownNow();
    }
    SYSTEM.requireVerified();
  }

  private static HostPort gateway(int client) {
    return SYSTEM.cluster().node("gateway-" + (1 + client % 2)).address();
  }

  private static Callable<List<Long>> tradesUnderSharedKeys(int client, CyclicBarrier together) {
    return () -> {
      List<Long> numbers = new ArrayList<>();
      try (var http = new GatewayClient(gateway(client), LiveSystem.PATIENCE_MILLIS)) {
        for (int round = 0; round < ROUNDS; round++) {
          together.await(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
          numbers.add(GatewayClient.number(http.trade("GameStart", "sell", 1, "shared-" + round)));
        }
      }
      return numbers;
    };
  }

  /** Through either gateway: the number again; another order under the key is refused. */
  private static void requireRemembered(List<Long> numbers) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (var client = new GatewayClient(gateway(round), LiveSystem.PATIENCE_MILLIS)) {
        HttpReply again = client.trade("GameStart", "sell", 1, "shared-" + round);
        assertThat(GatewayClient.number(again)).isEqualTo(numbers.get(round));
        assertThat(client.trade("GameStart", "sell", 2, "shared-" + round).status()).isEqualTo(422);
      }
    }
  }
}
