package org.stockbazaar.bench.experiment;

/** About how long something will take yet: what was estimated before, at the pace seen so far. */
public final class TimeLeft {
  /** Seconds for which the estimate is worth as much as what was seen. */
  private static final double ESTIMATE_WORTH = 10;

  private final double expected;
  private final long startNanos = System.nanoTime();
  private double done;
  private double current;

  /**
   * @param seconds how long all steps are expected to take together
   */
  public TimeLeft(double seconds) {
    expected = seconds;
  }

  /** The step before is over, and one begins that is expected to take so many seconds. */
  public void next(double seconds) {
    done += current;
    current = seconds;
  }

  /** In words, such as {@code 3 min 20 s}. */
  public String words() {
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    double pace = (elapsed + ESTIMATE_WORTH) / (done + ESTIMATE_WORTH);
    long seconds = Math.round((expected - done) * pace);
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
