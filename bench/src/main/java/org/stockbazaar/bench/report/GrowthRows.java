package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.growth.Dimension;
import org.stockbazaar.bench.growth.GrowthResult;
import org.stockbazaar.bench.growth.GrowthRun;
import org.stockbazaar.bench.session.RequestKind;

/** All figures about growth: the one source of tables, plots and files. */
final class GrowthRows {
  private GrowthRows() {}

  /** By dimension, kind and value, the smallest first; of each the medians, then every round. */
  static List<GrowthRow> of(GrowthResult result) {
    List<GrowthRow> rows = new ArrayList<>();
    for (Dimension dimension : result.plan().values().keySet()) {
      for (RequestKind kind : dimension.kinds()) {
        List<GrowthRun> base = List.of();
        for (int value : result.plan().values().get(dimension)) {
          List<GrowthRun> runs =
              result.runs().stream()
                  .filter(run -> run.dimension() == dimension && run.kind() == kind)
                  .filter(run -> run.value() == value)
                  .toList();
          base = base.isEmpty() ? runs : base;
          rows.add(row(runs, base, Row.ALL));
          for (int round = 1; round <= runs.size(); round++) {
            rows.add(row(of(round, runs), of(round, base), round));
          }
        }
      }
    }
    return rows;
  }

  /** The medians of all rounds. */
  static List<GrowthRow> medians(GrowthResult result, Dimension dimension, RequestKind kind) {
    return of(result).stream()
        .filter(row -> row.dimension() == dimension && row.kind() == kind)
        .filter(row -> row.round() == Row.ALL)
        .toList();
  }

  private static List<GrowthRun> of(int round, List<GrowthRun> runs) {
    return runs.stream().filter(run -> run.round() == round).toList();
  }

  private static GrowthRow row(List<GrowthRun> runs, List<GrowthRun> base, int round) {
    GrowthRun any = runs.get(0);
    double rate = Figures.median(runs, GrowthRun::rate);
    double first = Figures.median(base, GrowthRun::rate);
    return new GrowthRow(
        any.dimension(),
        any.value(),
        any.kind(),
        round,
        rate,
        first > 0 ? rate / first : Double.NaN,
        Figures.together(runs.stream().map(run -> Figures.of(run.latencies())).toList()),
        Math.round(Figures.median(runs, GrowthRun::orders)));
  }
}
