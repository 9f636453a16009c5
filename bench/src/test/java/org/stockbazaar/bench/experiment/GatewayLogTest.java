package org.stockbazaar.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.bench.session.RequestKind;

@Tag("B2")
class GatewayLogTest {
  private static final long BEGIN = 1_790_000_000_000L;

  @TempDir private Path directory;

  private static void interval(
      HistogramLogWriter log, long startMillis, String tag, long nanos, int count) {
    var histogram = new Histogram(1000, 60_000_000_000L, 3);
    histogram.recordValueWithCount(nanos, count);
    histogram.setTag(tag);
    histogram.setStartTimeStamp(BEGIN + startMillis);
    histogram.setEndTimeStamp(BEGIN + startMillis + 1000);
    log.outputIntervalHistogram(histogram);
  }

  @Test
  void aRunHasTheIntervalsBetweenTheQuietOnesAroundItAndNoOthers() throws IOException {
    Path file = directory.resolve("gateway.hlog");
    var log = new HistogramLogWriter(file.toFile());
    log.outputLogFormatVersion();
    log.outputStartTime(BEGIN);
    interval(log, 0, "trade", 9_000_000, 1);
    interval(log, 2000, "trade", 200_000, 30);
    interval(log, 2000, "stock_lookup", 20_000, 7);
    interval(log, 2000, "stock_listing", 20_000, 1);
    interval(log, 3000, "trade", 400_000, 10);
    interval(log, 5000, "trade", 9_000_000, 1);
    log.close();

    // Nobody asked from 900 to 2300, and from 3600 to 5100.
    Map<RequestKind, ServerTime> times = GatewayLog.read(file).within(BEGIN + 2300, BEGIN + 3600);
    assertThat(times).containsOnlyKeys(RequestKind.LOOKUP, RequestKind.TRADE);
    assertThat(times.get(RequestKind.TRADE).count()).isEqualTo(40);
    assertThat(times.get(RequestKind.TRADE).meanNanos()).isCloseTo(250_000, within(500.0));
  }

  @Test
  void betweenTwoLooksAtTheMetricsThereIsAMean() {
    String head = "# TYPE bazaar_request_seconds summary\n";
    String line = "bazaar_request_seconds_%s{kind=\"%s\"} %s\n";
    GatewaySums before =
        GatewaySums.parse(
            head
                + line.formatted("sum", "trade", "1.500000000")
                + line.formatted("count", "trade", "1000"));
    GatewaySums after =
        GatewaySums.parse(
            head
                + line.formatted("sum", "trade", "1.540000000")
                + line.formatted("count", "trade", "1100")
                + line.formatted("sum", "apply", "9.000000000")
                + line.formatted("count", "apply", "9"));
    Map<RequestKind, ServerTime> times = after.since(before);
    assertThat(times).containsOnlyKeys(RequestKind.TRADE);
    assertThat(times.get(RequestKind.TRADE).count()).isEqualTo(100);
    assertThat(times.get(RequestKind.TRADE).meanNanos()).isCloseTo(400_000, within(1.0));
  }
}
