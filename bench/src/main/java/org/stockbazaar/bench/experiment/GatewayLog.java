package org.stockbazaar.bench.experiment;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.protocol.config.FailedException;

/**
 * A gateway's histogram log: intervals of about a second, each with every request of it. Where one
 * interval ended before and one after a run while nobody asked for anything, the intervals between
 * have the run's requests, all of them and no others.
 */
final class GatewayLog {
  private final List<Histogram> intervals;

  private GatewayLog(List<Histogram> intervals) {
    this.intervals = intervals;
  }

  static GatewayLog read(Path file) {
    try (var reader = new HistogramLogReader(file.toFile())) {
      List<Histogram> intervals = new ArrayList<>();
      for (var next = reader.nextIntervalHistogram();
          next != null;
          next = reader.nextIntervalHistogram()) {
        if (next instanceof Histogram histogram) {
          intervals.add(histogram);
        }
      }
      return new GatewayLog(intervals);
    } catch (FileNotFoundException e) {
      throw new FailedException("the gateway left no histogram log: " + file, e);
    }
  }

  /** What was measured from one moment to another one, kind by kind; milliseconds since 1970. */
  Map<RequestKind, ServerTime> within(long startMillis, long endMillis) {
    Map<RequestKind, Histogram> sums = new EnumMap<>(RequestKind.class);
    for (Histogram interval : intervals) {
      RequestKind kind = GatewayKinds.of(interval.getTag());
      if (kind != null
          && interval.getEndTimeStamp() > startMillis
          && interval.getStartTimeStamp() < endMillis) {
        sums.computeIfAbsent(kind, k -> new Histogram(3)).add(interval);
      }
    }
    Map<RequestKind, ServerTime> times = new EnumMap<>(RequestKind.class);
    sums.forEach((kind, sum) -> times.put(kind, ServerTime.of(sum)));
    return times;
  }
}
