package org.stockbazaar.bench.experiment;

import java.util.Locale;

/**
 * Which step of how many is under way, and about how long all of it will take yet: what was
 * estimated before, at the pace seen so far.
 */
public final class TimeLeft {
  /** Seconds for which the estimate is worth as much as what was seen. */
  private static final double ESTIMATE_WORTH = 10;

  private final int steps;
  private final double expected;
  private final long startNanos = System.nanoTime();
  private double done;
  private double current;
  private int begun;

  /**
   * @param steps those that are told of
   * @param seconds how long everything is expected to take, with what is done between the steps
   */
  public TimeLeft(int steps, double seconds) {
    this.steps = steps;
    expected = seconds;
  }

  /** What was before is over, and something begins that is expected to take so many seconds. */
  public void next(double seconds) {
    done += current;
    current = seconds;
  }

  /** As {@link #next}, for a step; returns what to tell of it. */
  public String step(double seconds, String what, int round, int rounds) {
    next(seconds);
    begun++;
    return String.format(
        Locale.ROOT,
        "%d of %d: %s, round %d of %d; about %s left",
        begun,
        steps,
        what,
        round,
        rounds,
        words());
  }

  /** Such as {@code 3 min 20 s}. */
  private String words() {
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    double pace = (elapsed + ESTIMATE_WORTH) / (done + ESTIMATE_WORTH);
    long seconds = Math.round((expected - done) * pace);
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
