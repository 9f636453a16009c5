package org.stockbazaar.bench.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.Map;

/** Adds runs up and says what they were. */
final class Tally {
  private static final int SHOWN_MAX = 20;

  private final long beganNanos = System.nanoTime();
  private final Map<Swarm.Fault, Integer> faults = new EnumMap<>(Swarm.Fault.class);
  private final StringWriter wrong = new StringWriter();
  private int seeds;
  private int violations;
  private long nanos;
  private long happened;
  private long asked;
  private long trades;

  int violations() {
    return violations;
  }

  void add(Simulation.Result result) {
    seeds++;
    nanos += result.nanos();
    happened += result.happened();
    asked += result.asked();
    trades += result.trades();
    result.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
    if (result.violation() != null) {
      violations++;
      if (violations <= SHOWN_MAX) {
        describe(result);
      }
    }
  }

  private void describe(Simulation.Result result) {
    var out = new PrintWriter(wrong);
    out.println("seed " + result.seed() + ": " + result.violation());
    if (result.cause() != null) {
      result.cause().printStackTrace(out);
    }
    out.println("  " + new Swarm(new World(result.seed()).chance(), null));
    out.println("  " + Simulation.replay(result.seed()));
  }

  /** The sums, then what was wrong; the last line is the command that does it again. */
  @Override
  public String toString() {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    int all = faults.values().stream().mapToInt(Integer::intValue).sum();
    return String.format(
        "%d seeds, %d with a violation: %.2f simulated hours, %d requests, %d trades, %d events in"
            + " %.1f s%n%d faults: %s%n%s",
        seeds, violations, nanos / 3.6e12, asked, trades, happened, seconds, all, faults, wrong);
  }
}
