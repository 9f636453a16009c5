package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.stockbazaar.bench.experiment.FaultMark;
import org.stockbazaar.bench.experiment.Slice;

/** Latency over time: median, 99th percentile and maximum of each slice, and what was done. */
final class CoursePlot {
  private static final double SECOND = 1000;

  private CoursePlot() {}

  /**
   * @param lowMicros where the latency axis begins, at the latest
   * @param highMicros where it ends, at the earliest
   */
  static String svg(
      String title,
      List<Slice> slices,
      List<FaultMark> faults,
      double lowMicros,
      double highMicros) {
    double end = 0;
    for (Slice slice : slices) {
      end = Math.max(end, (slice.startMillis() + slice.millis()) / SECOND);
    }
    var plot =
        new Plot(
            title,
            Axis.seconds(end, Plot.LEFT, Plot.RIGHT),
            Axis.latency(lowMicros, highMicros, Plot.BOTTOM, Plot.TOP));
    int number = 0;
    for (FaultMark fault : faults) {
      plot.mark(fault.atMillis() / SECOND, String.valueOf(++number));
    }
    plot.line("median", "c0", spots(slices, Figures::p50));
    plot.line("99th percentile", "c1", spots(slices, Figures::p99));
    // On top and dashed: in a slice of few answers both are one.
    plot.line("maximum", "c3 off", spots(slices, Figures::max));
    return plot.svg();
  }

  private static List<Spot> spots(List<Slice> slices, ToDoubleFunction<Figures> figure) {
    List<Spot> spots = new ArrayList<>();
    for (Slice slice : slices) {
      double middle = (slice.startMillis() + slice.millis() / 2) / SECOND;
      spots.add(new Spot(middle, figure.applyAsDouble(Figures.of(slice.latencies()))));
    }
    return spots;
  }
}
