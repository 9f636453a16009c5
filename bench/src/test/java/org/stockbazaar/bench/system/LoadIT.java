package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.command.CommandLines;

/** Load on real processes, and on the bare programs beside them. */
@Tag("B3")
class LoadIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem();

  private static JsonNode load(String... options) throws IOException {
    String[] words =
        Stream.of(new String[] {"load", "--seconds", "1", "--warm-up", "0", "--json"}, options)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    CommandLines.Result result = SYSTEM.bazaar(words);
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    return new ObjectMapper().readTree(result.out());
  }

  @Test
  void keepsAConstantRateOfAMix() throws IOException {
    load("--mix", "trade");
    JsonNode json = load("--rate", "200", "--mix", "lookup=2,trade=1,order=1");
    JsonNode round = json.path("rounds").path(0);
    assertThat(round.path("statuses").path("200").intValue()).isBetween(100, 200);
    assertThat(round.path("p999_of_seconds").path("count").intValue()).isEqualTo(1);
    assertThat(round.path("worst_second").intValue()).isEqualTo(1);
    JsonNode second = round.path("by_second").path(0);
    assertThat(second.path("machine_late_micros").doubleValue()).isPositive();
    assertThat(second.path("machine_sync_micros").doubleValue()).isPositive();
    assertThat(second.path("machine_busy").isNumber()).isTrue();
    assertThat(second.path("machine_busy").doubleValue()).isBetween(0.0, 1.0);
    leavesNothing("load-");
    for (String kind : new String[] {"lookup", "trade", "order_lookup"}) {
      JsonNode figures = round.path("requests").path(kind);
      assertThat(figures.path("corrected").path("count").intValue()).as(kind).isPositive();
    }
  }

  @Test
  void looksForTheHighestRateThatKeepsABound() throws IOException {
    JsonNode json = load("--find-rate", "--p99-max", "1000000", "--connections", "4");
    assertThat(json.path("highest_rate").intValue()).isPositive();
  }

  @Test
  void putsTheSameLoadOnBarePrograms() throws IOException {
    for (String[] options :
        new String[][] {
          {"--reference", "--connections", "4"},
          {"--reference", "--connections", "1", "--mix", "trade"},
          {"--reference", "--connections", "16", "--mix", "trade", "--frames"}
        }) {
      JsonNode json = load(options);
      assertThat(json.path("medians").path("rate").doubleValue()).isPositive();
      assertThat(json.path("reference_medians").path("rate").doubleValue()).isPositive();
    }
    leavesNothing("reference-");
  }

  private static void leavesNothing(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(SYSTEM.cluster().layout().root())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(prefix));
    }
  }

  @Test
  void endsWithStatusOneWhenABoundIsNotKept() {
    CommandLines.Result result =
        SYSTEM.bazaar("load", "--seconds", "1", "--warm-up", "0", "--p99-max", "1");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("above --p99-max 1");
  }
}
