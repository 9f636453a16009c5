package org.stockbazaar.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.experiment.ServerTime;

/**
 * Latencies in numbers: microseconds with one decimal, NaN where one is not known.
 *
 * @param count how many requests
 */
public record Figures(
    long count, double mean, double p50, double p90, double p99, double p999, double max) {
  private static final double MICRO = 1000;
  private static final double DECIMAL = 10;

  static Figures of(Histogram h) {
    if (h.getTotalCount() == 0) {
      return onlyMean(0, Double.NaN);
    }
    return new Figures(
        h.getTotalCount(),
        micros(h.getMean()),
        at(h, 50),
        at(h, 90),
        at(h, 99),
        at(h, 99.9),
        at(h, 100));
  }

  static Figures of(ServerTime time) {
    return time.histogram() == null
        ? onlyMean(time.count(), micros(time.meanNanos()))
        : of(time.histogram());
  }

  private static Figures onlyMean(long count, double mean) {
    double none = Double.NaN;
    return new Figures(count, mean, none, none, none, none, none);
  }

  private static double at(Histogram h, double percentile) {
    // A histogram's bucket reaches beyond its largest value.
    return micros((double) Math.min(h.getMaxValue(), h.getValueAtPercentile(percentile)));
  }

  static double micros(double nanos) {
    return Double.isNaN(nanos) ? nanos : Math.round(nanos / MICRO * DECIMAL) / DECIMAL;
  }

  /** Of several rounds: the median of each figure, but all requests, and the largest maximum. */
  static Figures together(List<Figures> rounds) {
    return new Figures(
        rounds.stream().mapToLong(Figures::count).sum(),
        median(rounds, Figures::mean),
        median(rounds, Figures::p50),
        median(rounds, Figures::p90),
        median(rounds, Figures::p99),
        median(rounds, Figures::p999),
        rounds.stream().mapToDouble(Figures::max).max().orElse(Double.NaN));
  }

  /** NaN where any of them is; between the two in the middle of an even number, their mean. */
  static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0 || Arrays.stream(sorted).anyMatch(Double::isNaN)) {
      return Double.NaN;
    }
    double upper = sorted[sorted.length / 2];
    double lower = sorted[(sorted.length - 1) / 2];
    return Math.round((lower + upper) / 2 * DECIMAL) / DECIMAL;
  }
}
