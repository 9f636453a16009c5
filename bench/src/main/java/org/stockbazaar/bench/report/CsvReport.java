package org.stockbazaar.bench.report;

import java.util.List;
import java.util.stream.Collectors;
import org.stockbazaar.bench.experiment.BenchResult;

/** Every row of figures as comma-separated values; an empty field is a figure that is not known. */
final class CsvReport {
  private CsvReport() {}

  static String csv(BenchResult result) {
    var text = new StringBuilder(String.join(",", RowFields.NAMES)).append('\n');
    for (Row row : Rows.of(result).all()) {
      text.append(line(RowFields.values(row))).append('\n');
    }
    return text.toString();
  }

  /** One line, without its end. */
  static String line(List<Object> values) {
    return values.stream().map(v -> v == null ? "" : v.toString()).collect(Collectors.joining(","));
  }
}
