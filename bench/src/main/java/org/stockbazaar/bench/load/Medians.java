package org.stockbazaar.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The middle of several runs, each figure for itself; or a ratio of two such.
 *
 * @param rate answers a second
 * @param p50Micros and so on: corrected latency of all kinds together
 * @param generatorLoad how much of a core the generator used
 */
public record Medians(
    double rate,
    double p50Micros,
    double p90Micros,
    double p99Micros,
    double p999Micros,
    double maxMicros,
    double generatorLoad) {
  private static final double MICRO = 1000.0;

  /** Of at least one run. */
  public static Medians of(List<LoadResult> runs) {
    return new Medians(
        median(runs, LoadResult::rate),
        percentile(runs, 50),
        percentile(runs, 90),
        percentile(runs, 99),
        percentile(runs, 99.9),
        percentile(runs, 100),
        median(runs, LoadResult::generatorLoad));
  }

  private static double percentile(List<LoadResult> runs, double percent) {
    return median(runs, run -> run.latencies().all().getValueAtPercentile(percent) / MICRO);
  }

  private static double median(List<LoadResult> runs, ToDoubleFunction<LoadResult> figure) {
    return median(runs.stream().mapToDouble(figure));
  }

  /** The middle of at least one figure. */
  public static double median(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
  }

  /** Each figure as a multiple of the other one's. */
  public Medians over(Medians other) {
    return new Medians(
        rate / other.rate,
        p50Micros / other.p50Micros,
        p90Micros / other.p90Micros,
        p99Micros / other.p99Micros,
        p999Micros / other.p999Micros,
        maxMicros / other.maxMicros,
        generatorLoad / other.generatorLoad);
  }
}
