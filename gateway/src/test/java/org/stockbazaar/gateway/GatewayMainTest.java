package org.stockbazaar.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.config.Commands;

/** What the gateway says about options that make no sense. */
class GatewayMainTest {
  private final StringWriter said = new StringWriter();

  private int run(String... more) {
    var arguments =
        new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--data", "none", "--secret", "none"));
    arguments.addAll(List.of("--catalog", "127.0.0.1:1", "--orders", "1=127.0.0.1:2"));
    arguments.addAll(List.of(more));
    var line = Commands.of(new GatewayMain(), Map.of());
    line.setErr(new PrintWriter(said, true));
    return line.execute(arguments.toArray(String[]::new));
  }

  @Test
  void refusesNumbersOutOfBounds() {
    assertThat(run("--node", "0")).isEqualTo(1);
    assertThat(run("--node", "1", "--cache-max", "0")).isEqualTo(1);
    assertThat(run("--node", "1", "--deadline", "1ms")).isEqualTo(1);
    assertThat(said.toString().lines())
        .containsExactly(
            "gateway: --node 0: it must be at least 1",
            "gateway: --cache-max 0: it must be at least 1; --cache off is none",
            "gateway: --deadline 1ms: it must be 100ms to 60s");
  }

  @Test
  @Tag("G10")
  void anOperatorsPortNeedsAToken() {
    assertThat(run("--node", "1", "--admin-port", "8081")).isEqualTo(1);
    assertThat(run("--node", "1", "--admin-port", "70000", "--token", "none")).isEqualTo(1);
    assertThat(run("--node", "1", "--admin-port", "8081", "--token", "none")).isEqualTo(1);
    assertThat(said.toString().lines())
        .containsExactly(
            "gateway: --admin-port 8081 needs --token FILE: what operators have to show",
            "gateway: --admin-port 70000: it must be 0 to 65535",
            "gateway: cannot read the operators' token none"
                + " (java.nio.file.NoSuchFileException: none); give its file with --token");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(run("--node", "1", "--cache", "maybe")).isEqualTo(2);
    assertThat(run("--node", "1", "--cash", "on")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(said.toString()).contains("--cache").contains("--node=N");
  }
}
