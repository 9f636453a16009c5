package org.stockbazaar.bench.experiment;

import java.util.List;
import java.util.function.Consumer;

/** Says which case of how many is measured, and about how long all of it will take yet. */
final class Progress {
  private static final double ANSWERS_PER_SECOND = 12_000;
  private static final double QUIET_SECONDS = 2.2;
  private static final double START_SECONDS = 4;
  private static final double COMPARE = 1.3;

  private final BenchPlan plan;
  private final Consumer<String> out;
  private final TimeLeft left;

  Progress(BenchPlan plan, List<Stint> stints, Consumer<String> out) {
    this.plan = plan;
    this.out = out;
    int count = 0;
    double sum = 0;
    for (Stint stint : stints) {
      sum += startSeconds();
      for (Case what : stint.cases()) {
        sum += seconds(what);
        count++;
      }
    }
    left = new TimeLeft(count, sum);
  }

  /** A system is started and warmed up. */
  void start(Stint stint) {
    left.next(startSeconds());
    out.accept("starting a fresh system, its cache " + stint.cache().word());
  }

  void begin(Stint stint, Case what) {
    out.accept(left.step(seconds(what), what.words(), stint.round(), plan.repeat()));
  }

  private double startSeconds() {
    return plan.isOwnSystem() ? START_SECONDS + BenchPlan.WARM_UP_FRESH * warmUpSeconds() : 0;
  }

  private double warmUpSeconds() {
    return plan.warmUpMillis() / 1000.0 * COMPARE;
  }

  private double seconds(Case what) {
    double own = what instanceof Point point ? answers(point) : plan.failoverSeconds() * COMPARE;
    return warmUpSeconds() + QUIET_SECONDS + own;
  }

  private double answers(Point point) {
    double perLookup = 1 + 2 * point.percent() / 100.0;
    return (double) plan.sessions() * plan.requests() * perLookup / ANSWERS_PER_SECOND;
  }
}
