package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.command.CommandLines;

/** Clients see nothing wrong while processes are killed and paused. */
@Tag("B4")
class ChaosIT {
  @RegisterExtension
  static final LiveSystem SYSTEM = new LiveSystem(settings -> settings.withNodes(1, 2));

  @Test
  @Tag("K2")
  @Tag("G8")
  @Tag("O2")
  void nothingIsLostDoubledOrStaleWhileProcessesAreKilledAndPaused() throws IOException {
    CommandLines.Result result =
        SYSTEM.bazaar(
            "chaos",
            "--faults",
            "kill-catalog,pause-gateway,kill-order,kill-gateway",
            "--in-turn",
            "--count",
            "4",
            "--seconds",
            "600",
            "--seed",
            "20261121",
            "--hold",
            "1000",
            "--gap",
            "1000",
            "--deadline",
            String.valueOf(LiveSystem.PATIENCE_MILLIS),
            "--json");
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("faults").findValuesAsText("fault"))
        .containsExactly("kill-catalog", "pause-gateway", "kill-order", "kill-gateway");
    assertThat(json.path("operations").longValue()).isPositive();
    assertThat(json.path("good").booleanValue()).isTrue();
    assertThat(json.path("findings")).allMatch(finding -> finding.path("examined").longValue() > 0);
  }
}
