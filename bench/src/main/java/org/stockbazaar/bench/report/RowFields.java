package org.stockbazaar.bench.report;

import java.util.Arrays;
import java.util.List;
import org.stockbazaar.bench.experiment.Point;

/** A row's fields, the same ones in JSON and CSV. */
final class RowFields {
  static final List<String> NAMES =
      List.of(
          "case",
          "cache",
          "p",
          "kind",
          "side",
          "round",
          "count",
          "mean_micros",
          "p50_micros",
          "p90_micros",
          "p99_micros",
          "p99.9_micros",
          "max_micros",
          "gap_one_client_millis",
          "gap_all_clients_millis");
  private static final double PERCENT = 100;

  private RowFields() {}

  /** In the order of the names; null for what is not known or has no meaning. */
  static List<Object> values(Row row) {
    Point point = row.what() instanceof Point p ? p : null;
    Figures figures = row.figures();
    return Arrays.asList(
        row.what().id(),
        point == null ? null : point.cache().word(),
        point == null ? null : (Object) (point.percent() / PERCENT),
        Words.field(row.kind()),
        row.side().word(),
        row.round() == Row.ALL ? "all" : String.valueOf(row.round()),
        figures.count(),
        known(figures.mean()),
        known(figures.p50()),
        known(figures.p90()),
        known(figures.p99()),
        known(figures.p999()),
        known(figures.max()),
        known(row.gapOneMillis()),
        known(row.gapAllMillis()));
  }

  /** Null for NaN, which JSON cannot say. */
  static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
