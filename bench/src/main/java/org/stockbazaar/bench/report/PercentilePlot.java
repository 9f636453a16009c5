package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Latency over percentile. Several plots share their axes, so that they can be compared. */
final class PercentilePlot {
  private static final int TICKS_PER_HALF_DISTANCE = 5;
  private static final double MICRO = 1000;
  private static final double HUNDRED = 100;

  private final Plot plot;

  /**
   * @param all every histogram that has to fit in
   */
  PercentilePlot(String title, Collection<Histogram> all) {
    double low = Double.MAX_VALUE;
    double high = 0;
    long count = 0;
    for (Histogram histogram : all) {
      if (histogram.getTotalCount() > 0) {
        low = Math.min(low, histogram.getMinValue() / MICRO);
        high = Math.max(high, histogram.getMaxValue() / MICRO);
        count = Math.max(count, histogram.getTotalCount());
      }
    }
    if (count == 0) {
      low = 1;
    }
    plot =
        new Plot(
            title,
            Axis.percentile((double) count, Plot.LEFT, Plot.RIGHT),
            Axis.latency(low, high, Plot.BOTTOM, Plot.TOP));
  }

  void line(String name, String style, Histogram histogram) {
    List<Spot> spots = new ArrayList<>();
    if (histogram.getTotalCount() > 0) {
      for (HistogramIterationValue at : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
        double micros = Math.min(histogram.getMaxValue(), at.getValueIteratedTo()) / MICRO;
        spots.add(new Spot(place(at.getPercentileLevelIteratedTo(), histogram), micros));
      }
    }
    plot.line(name, style, spots);
  }

  /** 1/(1-p); the largest value of n is drawn at n. */
  private static double place(double percentile, Histogram histogram) {
    double count = histogram.getTotalCount();
    double above = 1 - percentile / HUNDRED;
    return above * count <= 1 ? count : 1 / above;
  }

  String svg() {
    return plot.svg();
  }
}
