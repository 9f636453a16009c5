package org.stockbazaar.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.growth.Dimension;
import org.stockbazaar.bench.growth.GrowthPlan;
import org.stockbazaar.bench.growth.GrowthResult;
import org.stockbazaar.bench.growth.GrowthRun;
import org.stockbazaar.bench.session.RequestKind;

@Tag("B3")
class GrowthReportTest {
  private static final String HOSTILE = "<script>alert('x')</script> & \"co\"";
  private static final Map<Dimension, List<Integer>> ALL =
      Map.of(
          Dimension.SESSIONS, List.of(1, 4, 16, 64, 256, 1024),
          Dimension.STOCKS, List.of(10, 1000, 100_000, 1_000_000),
          Dimension.ORDERS, List.of(0, 100_000, 10_000_000),
          Dimension.REPLICAS, List.of(1, 3, 5));

  /** Every point has these latencies, in round r a rate of {@code rate(value) + r - 2}. */
  private static GrowthResult result(
      Map<Dimension, List<Integer>> values,
      int rounds,
      Histogram latencies,
      IntToDoubleFunction rate,
      List<String> problems) {
    var plan = new GrowthPlan(values, 5000, 2000, rounds, 7);
    List<GrowthRun> runs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (Dimension dimension : plan.values().keySet()) {
        // As it is measured: not in the order in which it is shown.
        List<Integer> some = new ArrayList<>(plan.values().get(dimension));
        Collections.reverse(some);
        for (int value : some) {
          for (RequestKind kind : dimension.kinds()) {
            double measured = Math.max(0, rate.applyAsDouble(value) + round - 2);
            long orders = value + 5000L;
            runs.add(new GrowthRun(dimension, value, kind, round, measured, latencies, orders));
          }
        }
      }
    }
    return new GrowthResult(
        plan,
        SampleResults.conditions(problems.isEmpty() ? "a processor" : HOSTILE),
        SampleResults.BEGIN,
        60,
        runs,
        problems);
  }

  private static GrowthResult result() {
    return result(ALL, 3, SampleResults.wide(1000, 1), value -> 40_000 - value / 1000.0, List.of());
  }

  @Test
  void eachPointIsTheMedianOfItsRoundsBesideTheFirst() {
    var values = Map.of(Dimension.REPLICAS, List.of(1, 3, 5));
    Histogram latencies = SampleResults.histogram(100_000, 200_000, 200_000);
    GrowthResult result = result(values, 3, latencies, value -> 1000.0 / value, List.of());
    GrowthTable table = GrowthTable.of(result).get(0);
    assertThat(table.heads())
        .containsExactly("replicas", "trades/s", "of the first", "p50 µs", "p99 µs");
    assertThat(table.rows())
        .containsExactly(
            List.of("1", "1,000", "1.00", "200", "200"),
            List.of("3", "333", "0.33", "200", "200"),
            List.of("5", "200", "0.20", "200", "200"));
    List<GrowthRow> rows = GrowthRows.of(result);
    assertThat(rows).hasSize(3 * 4);
    // The last value's third round: 201 of 1001, each round beside its own first point.
    assertThat(rows.get(11).round()).isEqualTo(3);
    assertThat(rows.get(11).ratio()).isEqualTo(201.0 / 1001);
  }

  @Test
  void ordersAreShownAndDrawnAsTheLogHadThem() {
    GrowthResult result = result();
    GrowthTable table = GrowthTable.of(result).get(2);
    assertThat(table.heads().subList(0, 3)).containsExactly("orders", "in the log", "trades/s");
    assertThat(table.heads()).contains("order lookups/s");
    assertThat(table.rows().get(0).subList(0, 2)).containsExactly("0", "5,000");
    assertThat(table.rows().get(2).subList(0, 2)).containsExactly("10,000,000", "10,005,000");
    assertThat(GrowthRows.medians(result, Dimension.ORDERS, RequestKind.TRADE).get(0).place())
        .isEqualTo(5000);
  }

  @Test
  void aPointWithTwiceAsMuchIsDrawnAboveTheFirstInItsPlace() {
    var values = Map.of(Dimension.SESSIONS, List.of(1, 100));
    Histogram latencies = SampleResults.histogram(100_000);
    String page =
        GrowthReport.page(result(values, 1, latencies, value -> value == 1 ? 11 : 21, List.of()));
    // 10 and 20 a second on an axis from 1 to 2, over sessions from 1 to 100.
    assertThat(page)
        .contains("d=\"M62.0 262.0h0L450.0 16.0\"><title>trades/s</title>")
        .contains("d=\"M62.0 262.0h0L450.0 262.0\"><title>trades, p99</title>");
  }

  @Test
  void whatIsDrawnLiesWithinItsPlot() {
    for (GrowthResult result :
        List.of(
            result(),
            result(ALL, 2, SampleResults.histogram(), value -> 0, List.of()),
            result(
                Map.of(Dimension.ORDERS, List.of(0)),
                1,
                SampleResults.histogram(1, 60_000_000_000L),
                value -> 1e6,
                List.of()))) {
      String page = GrowthReport.page(result);
      assertThat(page).doesNotContain("NaN", "Infinity");
      Matcher path =
          Pattern.compile("<path class=\"line [a-z0-9 ]+\" d=\"([^\"]+)\"><title>").matcher(page);
      while (path.find()) {
        for (String spot : path.group(1).replace("h0", "").substring(1).split("[ML]", -1)) {
          String[] places = spot.split(" ", -1);
          assertThat(Double.parseDouble(places[0]))
              .isBetween((double) Plot.LEFT, (double) Plot.RIGHT);
          assertThat(Double.parseDouble(places[1]))
              .isBetween((double) Plot.TOP, (double) Plot.BOTTOM);
        }
      }
    }
  }

  @Test
  void whereNothingWasAnsweredNoFigureIsMadeUp() throws IOException {
    GrowthResult result = result(ALL, 1, SampleResults.histogram(), value -> 0, List.of());
    assertThat(GrowthTable.of(result).get(0).rows().get(0))
        .containsExactly("1", "0", "–", "–", "–");
    assertThat(GrowthReport.page(result)).contains("nothing was measured");
    JsonNode row = new ObjectMapper().readTree(JsonReport.text(GrowthFields.json(result)));
    assertThat(row.path("results").get(0).path("ratio_to_first").isNull()).isTrue();
    assertThat(row.path("results").get(0).path("p99_micros").isNull()).isTrue();
  }

  @Test
  void thePageIsSmallAndNeedsNothingFromElsewhere() {
    Map<Dimension, List<Integer>> most =
        Map.of(
            Dimension.SESSIONS, IntStream.rangeClosed(1, 12).boxed().toList(),
            Dimension.STOCKS, IntStream.rangeClosed(1, 12).boxed().toList(),
            Dimension.ORDERS, IntStream.rangeClosed(1, 12).boxed().toList(),
            Dimension.REPLICAS, List.of(1, 3, 5, 7));
    List<String> problems = Collections.nCopies(1200, "x<".repeat(60));
    String page =
        GrowthReport.page(result(most, 25, SampleResults.wide(1000, 1), value -> 40_000, problems));
    assertThat(page)
        .doesNotContain("http:", "https:", "//", "xmlns", "src=", "href=", "url(", "@import");
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isBetween(20_000, 1_000_000);
  }

  @Test
  void everyTextIsEscapedAndAProblemIsNoGoodResult() {
    GrowthResult bad =
        result(ALL, 1, SampleResults.histogram(100_000), value -> 10, List.of(HOSTILE));
    assertThat(bad.isGood()).isFalse();
    String page = GrowthReport.page(bad);
    assertThat(page).contains("What went wrong").doesNotContain("<script", "'x'");
    assertThat(page.split("&lt;script&gt;alert\\(&#39;x&#39;\\)", -1)).hasSize(3);
    assertThat(GrowthReport.page(result())).doesNotContain("What went wrong");
  }

  @Test
  void jsonAndCsvSayTheSame() throws IOException {
    GrowthResult result = result();
    JsonNode json =
        new ObjectMapper().readTree(JsonReport.text(GrowthFields.json(result))).path("results");
    List<String> lines = GrowthFields.csv(result).lines().toList();
    String[] names = lines.get(0).split(",", -1);
    // 6 + 3 points with trades, 4 + 3 with two kinds, 3 rounds and all of them.
    assertThat(json).hasSize((9 + 7 * 2) * 4);
    assertThat(lines).hasSize(json.size() + 1);
    for (int i = 0; i < json.size(); i++) {
      List<String> said = new ArrayList<>();
      for (String name : names) {
        said.add(json.get(i).get(name).asText());
      }
      assertThat(lines.get(i + 1).split(",", -1)).containsExactlyElementsOf(said);
    }
  }
}
