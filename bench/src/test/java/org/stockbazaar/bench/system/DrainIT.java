package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.bench.session.UnansweredException;

/** SIGTERM under load: what was accepted is answered. */
@Tag("G12")
class DrainIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem();

  private static final int CLIENTS = 8;
  private static final int BEFORE = 200;

  private final Set<Long> acknowledged = new ConcurrentSkipListSet<>();

  @Test
  void everyTradeThatWasMadeIsAnswered() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      var clients =
          IntStream.range(0, CLIENTS).mapToObj(i -> threads.submit(tradesUntilClosed(i))).toList();
      LiveSystem.await("load", () -> acknowledged.size() >= BEFORE);
      SYSTEM.cluster().restart("gateway-1");
      for (Future<Void> client : clients) {
        client.get(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    // Were one trade made and not answered, its number would be missing here.
    assertThat(acknowledged)
        .containsExactlyElementsOf(LongStream.range(0, next()).boxed().toList());
    SYSTEM.requireVerified();
  }

  /** Trades over one connection, never again a request that got no answer. */
  private Callable<Void> tradesUntilClosed(int client) {
    return () -> {
      try (var http = SYSTEM.http()) {
        boolean open = true;
        for (int i = 0; open; i++) {
          HttpReply reply =
              http.exchange(
                  "POST",
                  "/orders",
                  GatewayClient.body("GameStart", "sell", 1),
                  "Idempotency-Key: drain-" + client + "-" + i);
          if (reply.status() == 200) {
            acknowledged.add(GatewayClient.number(reply));
          }
          open = !reply.closes();
        }
      } catch (IOException e) {
        // Closed before the request was accepted; had it traded, a number would be missing.
      }
      return null;
    };
  }

  private static long next() throws UnansweredException {
    try (var client = SYSTEM.client()) {
      return GatewayClient.number(client.trade("GameStart", "sell", 1, "drained"));
    }
  }
}
