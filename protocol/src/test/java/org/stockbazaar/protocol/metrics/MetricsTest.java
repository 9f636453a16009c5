package org.stockbazaar.protocol.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir private Path temporary;

  private final Metrics metrics = new Metrics();

  @Test
  @Tag("G16")
  void tellsQuantilesPerKindOfRequest() {
    Latencies trades = metrics.requests("trade");
    for (int i = 0; i < 99; i++) {
      trades.record(1_000_000);
    }
    trades.record(2_000_000_000);
    assertThat(metrics.text())
        .contains("# TYPE bazaar_request_seconds summary\n")
        .contains("bazaar_request_seconds{kind=\"trade\",quantile=\"0.5\"} 0.001")
        .contains("bazaar_request_seconds{kind=\"trade\",quantile=\"1\"} 2.00")
        .contains("bazaar_request_seconds_sum{kind=\"trade\"} 2.099000000\n")
        .contains("bazaar_request_seconds_count{kind=\"trade\"} 100\n");
  }

  @Test
  void capsWhatTookLongerThanAMinute() {
    Latencies latencies = metrics.requests("trade");
    latencies.record(Long.MAX_VALUE);
    latencies.record(-1);
    assertThat(latencies.count()).isEqualTo(2);
    assertThat(latencies.sumNanos()).isEqualTo(60_000_000_000L);
  }

  @Test
  @Tag("G11")
  void writesEachNameOnceWithItsLabels() {
    metrics.gauge("bazaar_epoch", "Epoch.", () -> 3);
    metrics.counter("bazaar_replies_total{status=\"200\"}", "Replies.").increment();
    metrics.counter("bazaar_replies_total{status=\"404\"}", "Replies.");
    assertThat(metrics.text())
        .isEqualTo(
            """
            # HELP bazaar_epoch Epoch.
            # TYPE bazaar_epoch gauge
            bazaar_epoch 3
            # HELP bazaar_replies_total Replies.
            # TYPE bazaar_replies_total counter
            bazaar_replies_total{status="200"} 1
            bazaar_replies_total{status="404"} 0
            """);
  }

  @Test
  @Tag("G16")
  void writesIntervalsThatTheReaderReads() throws FileNotFoundException {
    Path file = temporary.resolve("node.hlog");
    Latencies trades = metrics.requests("trade");
    trades.record(5_000);
    try (var log = new HistogramLog(file, metrics, 1_000)) {
      trades.record(7_000_000);
      trades.record(9_000_000);
      log.interval(2_000);
      log.interval(3_000);
    }
    try (var reader = new HistogramLogReader(file.toFile())) {
      var interval = (Histogram) reader.nextIntervalHistogram();
      assertThat(interval.getTag()).isEqualTo("trade");
      assertThat(interval.getTotalCount()).isEqualTo(2);
      assertThat(reader.nextIntervalHistogram()).isNull();
    }
  }
}
