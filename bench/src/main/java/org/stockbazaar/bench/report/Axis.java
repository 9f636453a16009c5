package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * One axis of a plot: from values to places. What is outside is drawn at the edge.
 *
 * @param low the value at its begin, above 0 where it is logarithmic
 * @param high the value at its end, above {@code low}
 * @param from the place of {@code low}
 * @param to the place of {@code high}
 * @param logarithmic whether equal distances are equal ratios
 * @param ticks where it is labelled
 */
record Axis(
    double low, double high, double from, double to, boolean logarithmic, List<Tick> ticks) {
  private static final double[] STEPS = {1, 2, 5, 10};
  private static final double TENTH_OF_MICRO = 0.1;
  private static final double RATIO_MIN = 0.01;
  private static final int TICKS_MAX = 8;
  private static final double PERCENTILE_END_MIN = 10;

  /** Histograms have three digits: one value too much is no reason for another step. */
  private static final double SLACK = 0.002;

  /** A labelled value. */
  record Tick(double value, String label) {}

  /** Latencies in microseconds, logarithmic, with room for all of them. */
  static Axis latency(double lowMicros, double highMicros, double from, double to) {
    return logarithmic(Math.max(TENTH_OF_MICRO, lowMicros), highMicros, from, to, Words::tick);
  }

  /** Counts from 1 on, logarithmic, with room for all of them. */
  static Axis counts(double low, double high, double from, double to) {
    return logarithmic(Math.max(1, low), high, from, to, Words::shortCount);
  }

  /** Ratios, logarithmic, with room for all of them. */
  static Axis ratios(double low, double high, double from, double to) {
    return logarithmic(Math.max(RATIO_MIN, low), high, from, to, Words::shortRatio);
  }

  private static Axis logarithmic(
      double least, double most, double from, double to, DoubleFunction<String> label) {
    double low = step(least, false);
    double high = step(Math.max(low * STEPS[1], most), true);
    List<Tick> fine = new ArrayList<>();
    List<Tick> coarse = new ArrayList<>();
    for (double value = low; value <= high * (1 + SLACK); value = next(value)) {
      var tick = new Tick(value, label.apply(value));
      fine.add(tick);
      if (isDecade(value)) {
        coarse.add(tick);
      }
    }
    return new Axis(low, high, from, to, true, fine.size() <= TICKS_MAX ? fine : coarse);
  }

  /** Percentiles as HdrHistogram's plots have them: at 1/(1-p), logarithmic, up to the count. */
  static Axis percentile(double count, double from, double to) {
    double high = Math.max(PERCENTILE_END_MIN, count);
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(1, "0 %"));
    int nines = 1;
    for (double value = 10; value <= high * (1 + SLACK); value *= 10) {
      String label = nines == 1 ? "90" : nines == 2 ? "99" : "99." + "9".repeat(nines - 2);
      ticks.add(new Tick(value, label + " %"));
      nines++;
    }
    return new Axis(1, high, from, to, true, ticks);
  }

  /** Seconds from 0. */
  static Axis seconds(double end, double from, double to) {
    double high = Math.max(1, end);
    double step = step(high / TICKS_MAX, true);
    List<Tick> ticks = new ArrayList<>();
    for (double value = 0; value <= high * (1 + SLACK); value += step) {
      ticks.add(new Tick(value, String.format(Locale.ROOT, step < 1 ? "%.1f s" : "%.0f s", value)));
    }
    return new Axis(0, high, from, to, false, ticks);
  }

  double at(double value) {
    double inside = Math.min(high, Math.max(low, value));
    double part =
        logarithmic ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
    return from + part * (to - from);
  }

  /** The next of 1, 2, 5, 10 and their decades, down or up. */
  private static double step(double value, boolean up) {
    double decade = Math.pow(10, Math.floor(Math.log10(value) + SLACK));
    double last = decade;
    for (double step : STEPS) {
      double candidate = step * decade;
      if (up && candidate >= value * (1 - SLACK)) {
        return candidate;
      }
      if (candidate <= value * (1 + SLACK)) {
        last = candidate;
      }
    }
    return last;
  }

  private static double next(double value) {
    return step(value * 1.5, true);
  }

  private static boolean isDecade(double value) {
    double exponent = Math.log10(value);
    return Math.abs(exponent - Math.rint(exponent)) < SLACK;
  }
}
