package org.stockbazaar.bench.experiment;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Says which case of how many is measured, and about how long all of it will take yet. */
final class Progress {
  private static final double ANSWERS_PER_SECOND = 12_000;
  private static final double QUIET_SECONDS = 2.2;
  private static final double START_SECONDS = 4;
  private static final double COMPARE = 1.3;

  /** Seconds for which the estimate is worth as much as what was seen. */
  private static final double ESTIMATE_WORTH = 10;

  private final BenchPlan plan;
  private final Consumer<String> out;
  private final int cases;
  private final double expected;
  private final long startNanos = System.nanoTime();
  private int begun;
  private double done;
  private double current;

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
    cases = count;
    expected = sum;
  }

  /** A system is started and warmed up. */
  void start(Stint stint) {
    next(startSeconds());
    out.accept("starting a fresh system, its cache " + stint.cache().word());
  }

  private void next(double seconds) {
    done += current;
    current = seconds;
  }

  void begin(Stint stint, Case what) {
    next(seconds(what));
    begun++;
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    double pace = (elapsed + ESTIMATE_WORTH) / (done + ESTIMATE_WORTH);
    out.accept(
        String.format(
            Locale.ROOT,
            "%d of %d: %s, round %d of %d; about %s left",
            begun,
            cases,
            what.words(),
            stint.round(),
            plan.repeat(),
            words(Math.round((expected - done) * pace))));
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

  private static String words(long seconds) {
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
