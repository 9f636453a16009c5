package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.bench.command.CommandLines;

/** Growth, as small as it can be, on real systems of its own. */
@Tag("B3")
class GrowthIT {
  @TempDir private Path directory;

  private static List<String> files(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void measuresEveryDimensionAndLeavesAReportAndNothingElse() throws IOException {
    Path data = directory.resolve("data");
    String options =
        "growth --sessions 1,4 --stocks 20 --orders 0,2000 --replicas 1 --seconds 1"
            + " --warm-up 100 --rounds 1 --seed 11 --json --data "
            + data;
    CommandLines.Result result = CommandLines.bazaar(options.split(" ", -1));
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.err()).contains("1 of 6: ", "6 of 6: 1 replica, round 1 of 1");
    assertThat(files(data)).containsExactly("reports");

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("good").booleanValue()).isTrue();
    List<String> points = new ArrayList<>();
    for (JsonNode row : json.path("results")) {
      if (row.path("round").asText().equals("all")) {
        String dimension = row.path("dimension").asText();
        points.add(dimension + row.path("value").asText() + " " + row.path("kind").asText());
        assertThat(row.path("per_second").doubleValue()).isPositive();
        assertThat(row.path("p99_micros").doubleValue())
            .isGreaterThanOrEqualTo(row.path("p50_micros").doubleValue());
      }
    }
    assertThat(points)
        .containsExactly(
            "sessions1 trade",
            "sessions4 trade",
            "stocks20 trade",
            "stocks20 lookup",
            "orders0 trade",
            "orders2000 trade",
            "orders0 order_lookup",
            "orders2000 order_lookup",
            "replicas1 trade");
    // Beside those that were placed there are the measured trades, but for those on their way then.
    JsonNode first = row(json, "orders", 0, "trade");
    JsonNode next = row(json, "orders", 2000, "trade");
    assertThat(orders(next) - orders(first))
        .isGreaterThanOrEqualTo(2000 + first.path("count").longValue() - 64);
    assertThat(orders(row(json, "orders", 2000, "order_lookup"))).isEqualTo(orders(next));

    Path report = Path.of(json.path("report").asText());
    assertThat(files(report.getParent()))
        .containsExactly("growth.csv", "growth.html", "growth.json");
    assertThat(Files.readString(report)).contains("Over sessions", "Over replicas");
  }

  private static long orders(JsonNode row) {
    return row.path("orders_in_log").longValue();
  }

  private static JsonNode row(JsonNode json, String dimension, int value, String kind) {
    for (JsonNode row : json.path("results")) {
      if (row.path("dimension").asText().equals(dimension)
          && row.path("value").intValue() == value
          && row.path("kind").asText().equals(kind)) {
        return row;
      }
    }
    throw new AssertionError(dimension + value + " is missing in " + json);
  }
}
