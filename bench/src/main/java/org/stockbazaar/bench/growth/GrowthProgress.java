package org.stockbazaar.bench.growth;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.experiment.TimeLeft;

/** Says which point of how many is measured, and about how long all of it will take yet. */
final class GrowthProgress {
  private static final double START_SECONDS = 4;
  private static final double LISTED_PER_SECOND = 25_000;
  private static final double PLACED_PER_SECOND = 250_000;
  private static final double MILLIS = 1_000;

  private final GrowthPlan plan;
  private final Consumer<String> out;
  private final TimeLeft left;

  GrowthProgress(GrowthPlan plan, List<Stint> stints, Consumer<String> out) {
    this.plan = plan;
    this.out = out;
    int count = 0;
    double sum = 0;
    for (Stint stint : stints) {
      sum += startSeconds(stint) + stint.values().size() * pointSeconds(stint);
      for (int value : stint.values()) {
        sum += stint.toPlace(value) / PLACED_PER_SECOND;
        count++;
      }
    }
    left = new TimeLeft(count, sum);
  }

  private double startSeconds(Stint stint) {
    double warmUp = (double) plan.warmUpMillis() * BenchPlan.WARM_UP_FRESH / MILLIS;
    return START_SECONDS
        + stint.stocks() / LISTED_PER_SECOND
        + warmUp * stint.dimension().kinds().size();
  }

  private double pointSeconds(Stint stint) {
    return (plan.warmUpMillis() + plan.millis()) / MILLIS * stint.dimension().kinds().size();
  }

  /** A system is started and warmed up. */
  void start(Stint stint) {
    left.next(startSeconds(stint));
    out.accept(
        String.format(
            Locale.ROOT,
            "starting a fresh system, %d replicas and %,d stocks",
            stint.replicas(),
            stint.stocks()));
  }

  void begin(Stint stint, int value) {
    double seconds = pointSeconds(stint) + stint.toPlace(value) / PLACED_PER_SECOND;
    String what = stint.dimension().words(value);
    out.accept(left.step(seconds, what, stint.round(), plan.rounds()));
  }
}
