package org.stockbazaar.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The same load on several targets in turn, again and again: what else the machine does befalls all
 * of them.
 */
public final class Rounds {
  private final List<Target> targets;
  private final LoadPlan plan;
  private final Consumer<String> progress;

  public Rounds(List<Target> targets, LoadPlan plan, Consumer<String> progress) {
    this.targets = targets;
    this.plan = plan;
    this.progress = progress;
  }

  /** The results of each target, round by round. */
  public List<List<LoadResult>> run(int rounds) {
    List<List<LoadResult>> results = new ArrayList<>();
    targets.forEach(target -> results.add(new ArrayList<>()));
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < targets.size(); i++) {
        if (rounds > 1 || targets.size() > 1) {
          progress.accept("round " + round + " of " + rounds + ": " + targets.get(i));
        }
        results.get(i).add(new LoadRun(targets.get(i), plan, progress).run());
      }
    }
    return results;
  }
}
