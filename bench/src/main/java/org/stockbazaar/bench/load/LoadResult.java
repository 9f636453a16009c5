package org.stockbazaar.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a run.
 *
 * @param latencies what was measured
 * @param nanos how long it was measured
 * @param cpuNanos what the generator's thread used of a core in that time
 * @param seconds of that time, in order
 */
public record LoadResult(Latencies latencies, long nanos, long cpuNanos, List<Second> seconds) {
  private static final double SECOND = 1e9;

  public LoadResult {
    seconds = List.copyOf(seconds);
  }

  /** Answers a second. */
  public double rate() {
    return latencies.answers() * SECOND / nanos;
  }

  /** How much of one core the generator used, 0 to 1: near 1 it is the bottleneck itself. */
  public double generatorLoad() {
    return (double) cpuNanos / nanos;
  }

  /** What went wrong, in words; empty when every request was answered with 200 or 409. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (latencies.failures() > 0) {
      problems.add(latencies.failures() + " requests failed; by status " + latencies.statuses());
    }
    if (latencies.answers() == 0) {
      problems.add("nothing was answered");
    }
    return problems;
  }

  /** What a request costs the generator. */
  public double generatorNanosPerRequest() {
    return latencies.answers() == 0 ? 0 : (double) cpuNanos / latencies.answers();
  }
}
