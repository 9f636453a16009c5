package org.stockbazaar.bench.growth;

import java.time.Instant;
import java.util.List;
import org.stockbazaar.bench.experiment.Conditions;

/**
 * Everything that is known at the end.
 *
 * @param begin when it began
 * @param seconds how long it took, with warm-ups and starts
 * @param runs in the order in which they were measured
 * @param problems where requests failed or were refused, in words
 */
public record GrowthResult(
    GrowthPlan plan,
    Conditions conditions,
    Instant begin,
    double seconds,
    List<GrowthRun> runs,
    List<String> problems) {
  public GrowthResult {
    runs = List.copyOf(runs);
    problems = List.copyOf(problems);
  }

  /** Whether every request was answered, and no trade refused. */
  public boolean isGood() {
    return problems.isEmpty();
  }
}
