package org.stockbazaar.bench.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A histogram of nanoseconds as JSON. */
final class HistogramJson {
  private static final double MICRO = 1000.0;

  private HistogramJson() {}

  static Map<String, Object> of(Histogram h) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("count", h.getTotalCount());
    figures.put("mean_micros", h.getTotalCount() == 0 ? 0 : h.getMean() / MICRO);
    figures.put("p50_micros", h.getValueAtPercentile(50) / MICRO);
    figures.put("p90_micros", h.getValueAtPercentile(90) / MICRO);
    figures.put("p99_micros", h.getValueAtPercentile(99) / MICRO);
    figures.put("p99.9_micros", h.getValueAtPercentile(99.9) / MICRO);
    figures.put("max_micros", h.getMaxValue() / MICRO);
    return figures;
  }
}
