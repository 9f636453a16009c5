package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.Outage;
import org.stockbazaar.bench.experiment.Point;
import org.stockbazaar.bench.experiment.RunResult;
import org.stockbazaar.bench.session.RequestKind;

/** The few figures that a reader in a hurry wants. */
public final class Summary {
  private Summary() {}

  /**
   * A figure with its name.
   *
   * @param what the name
   * @param value the figure
   * @param note how it came about
   */
  public record Headline(String what, String value, String note) {}

  public static List<Headline> of(BenchResult result) {
    Rows rows = Rows.of(result);
    List<Headline> headlines = new ArrayList<>();
    latencies(result, rows, RequestKind.LOOKUP, headlines);
    latencies(result, rows, RequestKind.TRADE, headlines);
    Row killed = rows.together(Outage.LEADER_KILLED, RequestKind.TRADE, Side.CLIENT);
    if (killed != null) {
      headlines.add(
          new Headline(
              "Leader killed, no trade for",
              Words.time(killed.gapAllMillis() * 1000),
              "longest time without an answer to any client, in "
                  + count(result.plan().repeat(), "kill")));
    }
    headlines.add(verdict(result));
    return headlines;
  }

  /** At the point that has the fewest other requests beside it. */
  private static void latencies(
      BenchResult result, Rows rows, RequestKind kind, List<Headline> headlines) {
    List<Integer> percents = result.plan().percents().stream().sorted().toList();
    int percent = kind == RequestKind.LOOKUP ? percents.get(0) : percents.get(percents.size() - 1);
    for (CaseResult measured : result.points()) {
      if (measured.what() instanceof Point point && point.percent() == percent) {
        Row row = rows.together(point, kind, Side.CLIENT);
        if (row != null) {
          headlines.add(
              new Headline(
                  Words.title(kind) + ", cache " + point.cache().word(),
                  Words.time(row.figures().p50()),
                  "median; p99 " + Words.time(row.figures().p99()) + ", at p " + percent + " %"));
        }
      }
    }
  }

  private static Headline verdict(BenchResult result) {
    List<RunResult> runs = result.cases().flatMap(measured -> measured.runs().stream()).toList();
    long answers = runs.stream().mapToLong(RunResult::answers).sum();
    long compared = runs.stream().mapToLong(run -> run.tally().compared()).sum();
    return result.isGood()
        ? new Headline(
            "Verdict",
            "good",
            "all "
                + count(answers, "request")
                + " answered, "
                + count(compared, "order")
                + " found as remembered")
        : new Headline("Verdict", "BAD", count(result.problemCount(), "problem") + ", see below");
  }

  private static String count(long count, String what) {
    return Words.count(count) + " " + what + (count == 1 ? "" : "s");
  }
}
