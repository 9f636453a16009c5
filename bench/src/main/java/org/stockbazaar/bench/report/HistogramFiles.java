package org.stockbazaar.bench.report;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.KindResult;
import org.stockbazaar.bench.experiment.RunResult;
import org.stockbazaar.bench.experiment.Slice;
import org.stockbazaar.bench.session.RequestKind;

/** What HdrHistogram's own tools read. */
final class HistogramFiles {
  private static final int TICKS_PER_HALF_DISTANCE = 5;
  private static final double MICRO = 1000.0;

  private HistogramFiles() {}

  /** Percentile distributions in microseconds by file name, all rounds of a case together. */
  static Map<String, String> distributions(BenchResult result) {
    Map<String, String> files = new LinkedHashMap<>();
    result
        .cases()
        .forEach(
            measured -> {
              for (RequestKind kind : RequestKind.values()) {
                add(files, measured, kind, Side.CLIENT, measured.client(kind));
                add(files, measured, kind, Side.GATEWAY, measured.server(kind));
              }
            });
    return files;
  }

  private static void add(
      Map<String, String> files,
      CaseResult measured,
      RequestKind kind,
      Side side,
      Histogram histogram) {
    if (histogram.getTotalCount() > 0) {
      String name = tag(measured, kind, side) + ".hgrm";
      files.put(name, distribution(histogram));
    }
  }

  private static String tag(CaseResult measured, RequestKind kind, Side side) {
    return measured.what().id() + "-" + Words.field(kind) + "-" + side.word();
  }

  private static String distribution(Histogram histogram) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    histogram.outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, MICRO);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** One line of a log. */
  private record Interval(String tag, long startMillis, long endMillis, Histogram histogram) {}

  /**
   * A histogram log in nanoseconds, in the order of time, tagged with case, kind and side: a line
   * for each run, or for each of its slices where it was cut into some.
   */
  static String log(BenchResult result) {
    List<Interval> intervals = new ArrayList<>();
    result
        .cases()
        .forEach(measured -> measured.runs().forEach(run -> intervals(measured, run, intervals)));
    intervals.sort(Comparator.comparingLong(Interval::startMillis));
    var bytes = new ByteArrayOutputStream();
    var writer = new HistogramLogWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    writer.outputLogFormatVersion();
    writer.outputStartTime(result.begin().toEpochMilli());
    writer.outputLegend();
    for (Interval interval : intervals) {
      Histogram copy = interval.histogram.copy();
      copy.setTag(interval.tag);
      copy.setStartTimeStamp(interval.startMillis);
      copy.setEndTimeStamp(interval.endMillis);
      writer.outputIntervalHistogram(copy);
    }
    writer.close();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void intervals(CaseResult measured, RunResult run, List<Interval> intervals) {
    long start = run.startMillis();
    run.kinds()
        .forEach(
            (kind, of) -> {
              String client = tag(measured, kind, Side.CLIENT);
              if (of.course().isEmpty()) {
                intervals.add(new Interval(client, start, run.endMillis(), of.client()));
              }
              slices(client, start, of, intervals);
              if (of.server() != null && of.server().histogram() != null) {
                String tag = tag(measured, kind, Side.GATEWAY);
                intervals.add(new Interval(tag, start, run.endMillis(), of.server().histogram()));
              }
            });
  }

  private static void slices(String tag, long start, KindResult of, List<Interval> intervals) {
    for (Slice slice : of.course()) {
      if (slice.latencies().getTotalCount() > 0) {
        long begin = start + Math.round(slice.startMillis());
        long end = start + Math.round(slice.startMillis() + slice.millis());
        intervals.add(new Interval(tag, begin, end, slice.latencies()));
      }
    }
  }
}
