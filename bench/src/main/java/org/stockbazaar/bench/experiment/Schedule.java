package org.stockbazaar.bench.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order in which everything is measured, such that none of it is favoured: each round starts a
 * fresh system with the cache on and one with it off, the first of them in turns; the points of a
 * round come in an order drawn anew for each round, the same for both. Failover runs come last,
 * each round begins with another one.
 */
final class Schedule {
  private Schedule() {}

  static List<Stint> of(BenchPlan plan) {
    List<Stint> stints = new ArrayList<>();
    var random = new Random(plan.seed());
    for (int round = 1; round <= plan.repeat(); round++) {
      List<Integer> percents = new ArrayList<>(plan.percents());
      Collections.shuffle(percents, random);
      for (Cache cache : caches(plan, round)) {
        List<Case> points =
            percents.stream().<Case>map(percent -> new Point(cache, percent)).toList();
        stints.add(new Stint(round, cache, points));
      }
    }
    if (plan.hasFailover()) {
      for (int round = 1; round <= plan.repeat(); round++) {
        List<Case> outages = new ArrayList<>(outages(plan));
        Collections.rotate(outages, 1 - round);
        stints.add(new Stint(round, Cache.ON, List.copyOf(outages)));
      }
    }
    return List.copyOf(stints);
  }

  /** All points, as they are shown: the cache on before off, the smallest probability first. */
  static List<Point> points(BenchPlan plan) {
    return caches(plan, 1).stream()
        .flatMap(cache -> plan.percents().stream().sorted().map(p -> new Point(cache, p)))
        .toList();
  }

  /** All states of the replicas that are measured. */
  static List<Outage> outages(BenchPlan plan) {
    return plan.hasFailover() ? List.of(Outage.values()) : List.of();
  }

  private static List<Cache> caches(BenchPlan plan, int round) {
    if (!plan.isOwnSystem()) {
      return List.of(Cache.AS_IS);
    }
    return round % 2 == 1 ? List.of(Cache.ON, Cache.OFF) : List.of(Cache.OFF, Cache.ON);
  }
}
