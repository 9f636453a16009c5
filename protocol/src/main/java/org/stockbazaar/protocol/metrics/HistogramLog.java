package org.stockbazaar.protocol.metrics;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.HdrHistogram.HistogramLogWriter;
import org.stockbazaar.protocol.config.FailedException;

/**
 * An HdrHistogram log (.hlog): one line per interval and kind, tagged with the kind, times in
 * nanoseconds. The caller says when an interval ends; it belongs to the node's event loop.
 */
public final class HistogramLog implements Closeable {
  private final Metrics metrics;
  private final HistogramLogWriter writer;
  private long startMillis;

  /** Begins {@code file} anew; {@link FailedException} when it cannot be written. */
  public HistogramLog(Path file, Metrics metrics, long nowMillis) {
    this.metrics = metrics;
    try {
      writer = new HistogramLogWriter(file.toFile());
    } catch (FileNotFoundException e) {
      throw new FailedException("cannot write the histogram log " + file + ": " + e, e);
    }
    startMillis = nowMillis;
    writer.outputLogFormatVersion();
    writer.outputStartTime(nowMillis);
    writer.outputLegend();
    metrics.forEachKind((kind, latencies) -> latencies.takeInterval());
  }

  /** Writes what was recorded since the last call, kinds without requests left out. */
  public void interval(long nowMillis) {
    metrics.forEachKind(
        (kind, latencies) -> {
          var histogram = latencies.takeInterval();
          if (histogram.getTotalCount() > 0) {
            histogram.setTag(kind);
            histogram.setStartTimeStamp(startMillis);
            histogram.setEndTimeStamp(nowMillis);
            writer.outputIntervalHistogram(histogram);
          }
        });
    startMillis = nowMillis;
  }

  @Override
  public void close() {
    writer.close();
  }
}
