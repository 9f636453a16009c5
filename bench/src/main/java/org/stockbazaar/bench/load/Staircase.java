package org.stockbazaar.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Looks for the highest constant rate that keeps a bound on p99: begins at what a closed loop gets
 * and halves the interval between a rate that is kept and one that is not, twice: what else the
 * machine did once is not the rate's.
 */
public final class Staircase {
  private static final int STEPS = 7;
  private static final double ANSWERED_MIN = 0.99;

  private final long p99NanosMax;
  private final Function<Integer, LoadResult> runs;
  private final List<Step> steps = new ArrayList<>();

  /**
   * One rate.
   *
   * @param rate requests a second that were asked for
   * @param kept whether p99 was within the bound and nearly all were answered in time
   */
  public record Step(int rate, LoadResult result, boolean kept) {}

  /**
   * @param runs puts a rate on the target; 0 for a closed loop
   */
  public Staircase(long p99NanosMax, Function<Integer, LoadResult> runs) {
    this.p99NanosMax = p99NanosMax;
    this.runs = runs;
  }

  /** All steps in the order in which they were tried. */
  public List<Step> climb() {
    int tooMuch = Math.max(2, (int) runs.apply(0).rate());
    int kept = 0;
    for (int i = 0; i < STEPS && tooMuch - kept > tooMuch / 50; i++) {
      int rate = (kept + tooMuch + 1) / 2;
      boolean isKept = keeps(rate);
      if (!isKept) {
        isKept = keeps(rate);
      }
      if (isKept) {
        kept = rate;
      } else {
        tooMuch = rate;
      }
    }
    return List.copyOf(steps);
  }

  private boolean keeps(int rate) {
    LoadResult result = runs.apply(rate);
    Latencies latencies = result.latencies();
    boolean kept =
        latencies.failures() == 0
            && latencies.all().getValueAtPercentile(99) <= p99NanosMax
            && result.rate() >= ANSWERED_MIN * rate;
    steps.add(new Step(rate, result, kept));
    return kept;
  }

  /** The highest rate that was kept, 0 for none. */
  public static int highest(List<Step> steps) {
    return steps.stream().filter(Step::kept).mapToInt(Step::rate).max().orElse(0);
  }
}
