package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;

/** A gateway that stands still holds nobody up for long, and shows nothing old when it goes on. */
@Tag("K2")
class PauseIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem(s -> s.withNodes(1, 2));

  @Test
  void aWokenGatewayShowsNothingOfBefore() throws Exception {
    var second = SYSTEM.cluster().node("gateway-2").address();
    try (var client = SYSTEM.client();
        var asleep = new HttpConnection(second, (int) LiveSystem.PATIENCE_MILLIS)) {
      long before = client.stock("FishCo").quantity();
      for (int i = 0; i < 20; i++) {
        before++;
        // The second gateway holds the stock, then stands still with a lookup in its socket.
        assertThat(asleep.exchange("GET", "/stocks/FishCo", null).body())
            .contains(shown(before - 1));
        SYSTEM.cluster().pause("gateway-2");
        CompletableFuture<HttpReply> asked = lookup(asleep);
        HttpReply traded = client.trade("FishCo", "sell", 1, "pause-" + i);
        assertThat(traded.status()).as(traded.body()).isEqualTo(200);
        assertThat(client.stock("FishCo").quantity()).isEqualTo(before);
        SYSTEM.cluster().resume("gateway-2");
        HttpReply woken = asked.get(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        // It may refuse for a moment; what it shows is new, and so is all that comes after.
        assertThat(woken.status()).isIn(200, 503);
        if (woken.status() == 200) {
          assertThat(woken.body()).as("round %d", i).contains(shown(before));
        }
        try (var again = new GatewayClient(second, LiveSystem.PATIENCE_MILLIS)) {
          assertThat(again.stock("FishCo").quantity()).isEqualTo(before);
        }
      }
    }
    SYSTEM.requireVerified();
  }

  private static String shown(long quantity) {
    return "\"quantity\":" + quantity + ",";
  }

  private static CompletableFuture<HttpReply> lookup(HttpConnection http) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return http.exchange("GET", "/stocks/FishCo", null);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
