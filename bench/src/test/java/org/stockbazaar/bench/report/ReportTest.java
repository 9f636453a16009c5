package org.stockbazaar.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stockbazaar.bench.experiment.BenchResult;

@Tag("B2")
class ReportTest {
  private static final String HOSTILE = "<script>alert('x')</script> & \"co\"";

  static Stream<Histogram> latencies() {
    return Stream.of(
        SampleResults.histogram(),
        SampleResults.histogram(0),
        SampleResults.histogram(100_000),
        SampleResults.histogram(1, 60_000_000_000L),
        SampleResults.wide(20_000, 3));
  }

  @Test
  void everyTextIsEscaped() {
    Histogram latencies = SampleResults.histogram(100_000);
    String page =
        HtmlReport.page(SampleResults.of(latencies, List.of(0), 1, List.of(HOSTILE), HOSTILE));
    assertThat(page).doesNotContain("<script", "'x'");
    assertThat(page.split("&lt;script&gt;alert\\(&#39;x&#39;\\)", -1)).hasSize(3);
  }

  @Test
  void thePageNeedsNothingFromElsewhere() {
    String page = HtmlReport.page(SampleResults.of(SampleResults.wide(1000, 1), List.of(0, 80), 2));
    assertThat(page)
        .doesNotContain("http:", "https:", "//", "xmlns", "src=", "href=", "url(", "@import");
  }

  @Test
  void theLargestPageStaysBelowOneMegabyte() {
    List<String> problems = Collections.nCopies(100, "x<".repeat(5000));
    BenchResult result =
        SampleResults.of(
            SampleResults.wide(2_000_000, 5),
            List.of(0, 10, 20, 40, 60, 80, 100),
            25,
            problems,
            "a processor");
    assertThat(HtmlReport.page(result).getBytes(StandardCharsets.UTF_8).length)
        .isBetween(100_000, 1_000_000);
  }

  @ParameterizedTest
  @MethodSource("latencies")
  void whatIsDrawnLiesWithinItsPlot(Histogram latencies) {
    String page = HtmlReport.page(SampleResults.of(latencies, List.of(0, 80), 2));
    assertThat(page).doesNotContain("NaN", "Infinity");
    Matcher path =
        Pattern.compile("<path class=\"line [a-z0-9 ]+\" d=\"([^\"]+)\"><title>").matcher(page);
    int paths = 0;
    while (path.find()) {
      paths++;
      for (String spot : path.group(1).replace("h0", "").substring(1).split("[ML]", -1)) {
        String[] places = spot.split(" ", -1);
        assertThat(Double.parseDouble(places[0]))
            .isBetween((double) Plot.LEFT, (double) Plot.RIGHT);
        assertThat(Double.parseDouble(places[1]))
            .isBetween((double) Plot.TOP, (double) Plot.BOTTOM);
      }
    }
    assertThat(paths > 0).isEqualTo(latencies.getTotalCount() > 0);
    assertThat(page.contains("nothing was measured")).isEqualTo(latencies.getTotalCount() == 0);
  }

  @Test
  void aPercentileIsDrawnWhereItBelongs() {
    var histogram = new Histogram(3);
    histogram.recordValueWithCount(1_000_000, 900);
    histogram.recordValueWithCount(10_000_000, 100);
    var plot = new PercentilePlot("", List.of(histogram));
    plot.line("", "c0", histogram);
    // 1000 values make three decades. The step from 1 ms to 10 ms is at 90 %, after one of them.
    double decade = (Plot.RIGHT - Plot.LEFT) / 3.0;
    Matcher spot = Pattern.compile("[ML]([0-9.]+) ([0-9.]+)").matcher(plot.svg());
    double middle = (Plot.TOP + Plot.BOTTOM) / 2.0;
    double last = 0;
    while (spot.find() && Double.parseDouble(spot.group(2)) > middle) {
      last = Double.parseDouble(spot.group(1));
    }
    assertThat(last).isCloseTo(Plot.LEFT + decade, within(decade / 10));
  }

  @Test
  void jsonAndCsvSayTheSame() throws IOException {
    BenchResult result = SampleResults.of(SampleResults.wide(5000, 9), List.of(0, 20), 3);
    JsonNode json = new ObjectMapper().readTree(JsonReport.json(result)).path("results");
    List<String> lines = CsvReport.csv(result).lines().toList();
    String[] names = lines.get(0).split(",", -1);
    // 4 points and 3 states of replicas, 3 kinds, 2 sides, 3 rounds and all of them.
    assertThat(json).hasSize(7 * 3 * 2 * 4);
    assertThat(lines).hasSize(json.size() + 1);
    for (int i = 0; i < json.size(); i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      List<String> said = new ArrayList<>();
      for (String name : names) {
        JsonNode value = json.get(i).get(name);
        said.add(value.isNull() ? "" : value.asText());
      }
      assertThat(cells).containsExactlyElementsOf(said);
    }
  }

  @Test
  void roundsTogetherAreTheirMedianAndTheirLargestMaximum() {
    Figures together =
        Figures.together(
            List.of(
                new Figures(10, 5, 1, 2, 3, 4, 90),
                new Figures(20, 6, 7, 8, 9, 10, 11),
                new Figures(30, 100, 3, 3, 30, 40, 50)));
    assertThat(together).isEqualTo(new Figures(60, 6, 3, 3, 9, 10, 90));
  }

  @Test
  void figuresAreInMicroseconds() {
    var histogram = new Histogram(3);
    for (int micros = 1; micros <= 1000; micros++) {
      histogram.recordValue(micros * 1000L);
    }
    Figures figures = Figures.of(histogram);
    assertThat(figures.count()).isEqualTo(1000);
    assertThat(figures.mean()).isCloseTo(500.5, within(1.0));
    assertThat(figures.p50()).isCloseTo(500, within(1.0));
    assertThat(figures.p99()).isCloseTo(990, within(1.0));
    assertThat(figures.p999()).isCloseTo(999, within(1.0));
    assertThat(figures.max()).isCloseTo(1000, within(1.0));
  }

  @Test
  void everyCaseKindAndSideHasItsDistributionInMicroseconds() {
    Map<String, String> files =
        HistogramFiles.distributions(
            SampleResults.of(SampleResults.histogram(100_000, 250_000), List.of(0, 20), 2));
    assertThat(files).hasSize(7 * 3 * 2);
    assertThat(files.get("cache-off-p20-order_lookup-gateway.hgrm"))
        .containsPattern("Max     = +250\\.\\d+, Total count    = +4]");
  }

  @Test
  void theHistogramLogHasEveryRequestUnderItsTag() {
    BenchResult result = SampleResults.of(SampleResults.histogram(100_000, 200_000), List.of(0), 2);
    var bytes = HistogramFiles.log(result).getBytes(StandardCharsets.UTF_8);
    var reader = new HistogramLogReader(new ByteArrayInputStream(bytes));
    Map<String, Long> counts = new TreeMap<>();
    long last = 0;
    for (var next = reader.nextIntervalHistogram();
        next != null;
        next = reader.nextIntervalHistogram()) {
      counts.merge(next.getTag(), ((Histogram) next).getTotalCount(), Long::sum);
      assertThat(next.getStartTimeStamp()).isGreaterThanOrEqualTo(last);
      last = next.getStartTimeStamp();
    }
    assertThat(counts).hasSize(5 * 3 * 2);
    assertThat(counts).containsEntry("cache-on-p0-lookup-client", 4L);
    // 119 slices with two answers, and one without any, in each of two rounds.
    assertThat(counts).containsEntry("leader-killed-trade-client", 2 * 119 * 2L);
  }
}
