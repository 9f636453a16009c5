package org.stockbazaar.bench.experiment;

import java.time.Instant;
import java.util.List;

/**
 * Everything that is known at the end.
 *
 * @param begin when it began
 * @param seconds how long it took, with warm-ups and starts
 * @param points by cache, then by probability
 * @param outages empty without failover runs
 * @param problems requests that failed, orders that are not as remembered, warm-ups included
 */
public record BenchResult(
    BenchPlan plan,
    Conditions conditions,
    Instant begin,
    double seconds,
    List<CaseResult> points,
    List<CaseResult> outages,
    List<String> problems) {
  public BenchResult {
    points = List.copyOf(points);
    outages = List.copyOf(outages);
    problems = List.copyOf(problems);
  }

  /** Whether every request was answered, and every order found as it was placed. */
  public boolean isGood() {
    return problems.isEmpty();
  }
}
