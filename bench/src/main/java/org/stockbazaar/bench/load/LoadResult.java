package org.stockbazaar.bench.load;

/**
 * The outcome of a run.
 *
 * @param latencies what was measured
 * @param nanos how long it was measured
 * @param cpuNanos what the generator's thread used of a core in that time
 */
public record LoadResult(Latencies latencies, long nanos, long cpuNanos) {
  private static final double SECOND = 1e9;

  /** Answers a second. */
  public double rate() {
    return latencies.answers() * SECOND / nanos;
  }

  /** How much of one core the generator used, 0 to 1: near 1 it is the bottleneck itself. */
  public double generatorLoad() {
    return (double) cpuNanos / nanos;
  }

  /** What a request costs the generator. */
  public double generatorNanosPerRequest() {
    return latencies.answers() == 0 ? 0 : (double) cpuNanos / latencies.answers();
  }
}
