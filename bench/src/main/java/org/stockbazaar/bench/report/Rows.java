package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.Case;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.KindResult;
import org.stockbazaar.bench.experiment.RunResult;
import org.stockbazaar.bench.session.RequestKind;

/** All figures of a result: the one source of every table and file. */
public final class Rows {
  private static final double MILLI = 1e6;
  private static final double DECIMAL = 10;

  private final List<Row> rows;

  private Rows(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  public static Rows of(BenchResult result) {
    List<Row> rows = new ArrayList<>();
    result
        .cases()
        .forEach(
            measured -> {
              for (RequestKind kind : RequestKind.values()) {
                if (!measured.of(kind).isEmpty()) {
                  client(measured, kind, rows);
                  gateway(measured, kind, rows);
                }
              }
            });
    return new Rows(rows);
  }

  List<Row> all() {
    return rows;
  }

  /** All rounds together; null where nothing was measured. */
  public Row together(Case what, RequestKind kind, Side side) {
    return rows.stream()
        .filter(row -> row.round() == Row.ALL && row.side() == side)
        .filter(row -> row.kind() == kind && row.what().equals(what))
        .findFirst()
        .orElse(null);
  }

  private static void client(CaseResult measured, RequestKind kind, List<Row> rows) {
    List<KindResult> results = measured.of(kind);
    List<Figures> figures = results.stream().map(r -> Figures.of(r.client())).toList();
    rows.add(
        new Row(
            measured.what(),
            kind,
            Side.CLIENT,
            Row.ALL,
            Figures.together(figures),
            longest(results, KindResult::gapOneNanos),
            longest(results, KindResult::gapAllNanos)));
    for (RunResult run : measured.runs()) {
      KindResult of = run.kinds().get(kind);
      if (of != null) {
        rows.add(
            new Row(
                measured.what(),
                kind,
                Side.CLIENT,
                run.round(),
                Figures.of(of.client()),
                millis(of.gapOneNanos()),
                millis(of.gapAllNanos())));
      }
    }
  }

  private static void gateway(CaseResult measured, RequestKind kind, List<Row> rows) {
    List<Figures> figures =
        measured.of(kind).stream()
            .map(KindResult::server)
            .filter(Objects::nonNull)
            .map(Figures::of)
            .toList();
    if (figures.isEmpty()) {
      return;
    }
    rows.add(gateway(measured.what(), kind, Row.ALL, Figures.together(figures)));
    for (RunResult run : measured.runs()) {
      KindResult of = run.kinds().get(kind);
      if (of != null && of.server() != null) {
        rows.add(gateway(measured.what(), kind, run.round(), Figures.of(of.server())));
      }
    }
  }

  private static Row gateway(Case what, RequestKind kind, int round, Figures figures) {
    return new Row(what, kind, Side.GATEWAY, round, figures, Double.NaN, Double.NaN);
  }

  private static double longest(List<KindResult> results, ToLongFunction<KindResult> gap) {
    return millis(results.stream().mapToLong(gap).max().orElse(0));
  }

  private static double millis(long nanos) {
    return Math.round(nanos / MILLI * DECIMAL) / DECIMAL;
  }
}
