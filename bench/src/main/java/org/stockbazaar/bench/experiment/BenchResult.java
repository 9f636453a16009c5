package org.stockbazaar.bench.experiment;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that is known at the end.
 *
 * @param begin when it began
 * @param seconds how long it took, with warm-ups and starts
 * @param points by cache, then by probability
 * @param outages empty without failover runs
 * @param problemCount how many requests failed, and orders are not as remembered; warm-ups included
 * @param problems the first of them of each run
 */
public record BenchResult(
    BenchPlan plan,
    Conditions conditions,
    Instant begin,
    double seconds,
    List<CaseResult> points,
    List<CaseResult> outages,
    long problemCount,
    List<String> problems) {
  public BenchResult {
    points = List.copyOf(points);
    outages = List.copyOf(outages);
    problems = List.copyOf(problems);
  }

  /** All that was measured: points, then outages. */
  public Stream<CaseResult> cases() {
    return Stream.concat(points.stream(), outages.stream());
  }

  /** Whether every request was answered, and every order found as it was placed. */
  public boolean isGood() {
    return problemCount == 0;
  }
}
