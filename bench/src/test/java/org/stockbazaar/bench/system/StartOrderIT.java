package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;

/** Services may be started in any order: each waits for what it needs and says what that is. */
@Tag("D6")
class StartOrderIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem();

  private static final Map<String, List<String>> MISSING_ALONE =
      Map.of(
          "catalog", List.of("a leading order node"),
          "order-1", List.of("a leader", "the catalog"),
          "gateway-1", List.of("the catalog", "a leading order node"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catalog order-1 gateway-1",
        "catalog gateway-1 order-1",
        "order-1 catalog gateway-1",
        "order-1 gateway-1 catalog",
        "gateway-1 catalog order-1",
        "gateway-1 order-1 catalog"
      })
  void anyOrderEndsReady(String order) throws Exception {
    for (String name : SYSTEM.cluster().names()) {
      SYSTEM.cluster().kill(name);
    }
    String[] names = order.split(" ", -1);
    SYSTEM.cluster().restart(names[0]);
    HttpReply alone = ready(names[0]);
    assertThat(alone.status()).isEqualTo(503);
    assertThat(alone.body()).contains(MISSING_ALONE.get(names[0]));
    SYSTEM.cluster().restart(names[1]);
    assertThat(ready(names[0]).status()).isEqualTo(503);
    assertThat(ready(names[1]).status()).isEqualTo(503);
    SYSTEM.cluster().restart(names[2]);
    for (String name : names) {
      LiveSystem.await(name + " to be ready", () -> readyNow(name));
      assertThat(SYSTEM.state(name)).isEqualTo("running");
    }
    SYSTEM.requireVerified();
  }

  private static HttpReply ready(String name) throws IOException {
    try (var http =
        new HttpConnection(SYSTEM.cluster().node(name).http(), (int) LiveSystem.PATIENCE_MILLIS)) {
      return http.exchange("GET", "/readyz", null);
    }
  }

  private static boolean readyNow(String name) {
    try {
      return ready(name).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
