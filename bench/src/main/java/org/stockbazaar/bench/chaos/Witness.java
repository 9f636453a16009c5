package org.stockbazaar.bench.chaos;

import java.util.List;
import java.util.function.Consumer;

/** Writes down each fault of a run, with what clients felt of it. */
public final class Witness {
  private static final double MILLI = 1e6;

  private final Gaps gaps;
  private final List<FaultReport> reports;
  private final Consumer<FaultReport> progress;
  private final long startNanos = System.nanoTime();

  /**
   * @param reports filled as faults happen
   * @param progress told of each fault when it is over
   */
  Witness(Gaps gaps, List<FaultReport> reports, Consumer<FaultReport> progress) {
    this.gaps = gaps;
    this.reports = reports;
    this.progress = progress;
  }

  /**
   * One fault.
   *
   * @param strike brings it about, and returns when it has lasted long enough
   * @param mend ends it, and returns when the system is ready
   * @param calm returns when clients have had time on a system without fault
   */
  public void sees(
      String fault, List<String> targets, Runnable strike, Runnable mend, Runnable calm) {
    gaps.take(System.nanoTime());
    long begin = System.nanoTime();
    strike.run();
    long over = System.nanoTime();
    Gaps.Seen away = gaps.take(over);
    mend.run();
    long healed = System.nanoTime();
    calm.run();
    Gaps.Seen seen = gaps.take(System.nanoTime()).and(away);
    var report =
        new FaultReport(
            (begin - startNanos) / MILLI,
            fault,
            targets,
            (over - begin) / MILLI,
            (healed - over) / MILLI,
            away.trade() / MILLI,
            seen.trade() / MILLI,
            seen.lookup() / MILLI,
            seen.slowest() / MILLI,
            seen.answers());
    reports.add(report);
    progress.accept(report);
  }
}
