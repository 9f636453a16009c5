package org.stockbazaar.bench.growth;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be measured.
 *
 * @param values the points of each dimension, made different and ascending here; dimensions that
 *     are missing are left out
 * @param millis how long each point is measured
 * @param warmUpMillis before each point; a fresh system gets {@link
 *     org.stockbazaar.bench.experiment.BenchPlan#WARM_UP_FRESH} times as much
 * @param rounds of all of it
 * @param seed decides the order of points, and what is asked for
 */
public record GrowthPlan(
    Map<Dimension, List<Integer>> values, int millis, int warmUpMillis, int rounds, long seed) {
  /** Sessions where they are not what grows. */
  public static final int SESSIONS = 64;

  /** Listed stocks where they are not what grows. */
  public static final int STOCKS = 1_000;

  /** Order nodes where they are not what grows. */
  public static final int REPLICAS = 3;

  public GrowthPlan {
    Map<Dimension, List<Integer>> sorted = new EnumMap<>(Dimension.class);
    values.forEach((what, some) -> sorted.put(what, some.stream().distinct().sorted().toList()));
    values = Collections.unmodifiableMap(sorted);
  }
}
