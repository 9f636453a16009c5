package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.growth.Dimension;
import org.stockbazaar.bench.growth.GrowthResult;
import org.stockbazaar.bench.session.RequestKind;

/**
 * What is told of one dimension: a line for each value, the smallest first.
 *
 * @param heads of the columns
 * @param rows as many cells as there are heads
 */
public record GrowthTable(Dimension dimension, List<String> heads, List<List<String>> rows) {
  /** One of each dimension that was measured. */
  public static List<GrowthTable> of(GrowthResult result) {
    return result.plan().values().keySet().stream().map(what -> of(result, what)).toList();
  }

  private static GrowthTable of(GrowthResult result, Dimension dimension) {
    List<String> heads = new ArrayList<>();
    heads.add(dimension.word());
    List<List<String>> rows = new ArrayList<>();
    for (int value : result.plan().values().get(dimension)) {
      rows.add(new ArrayList<>(List.of(Words.count(value))));
    }
    for (RequestKind kind : dimension.kinds()) {
      List<GrowthRow> figures = GrowthRows.medians(result, dimension, kind);
      if (dimension == Dimension.ORDERS && heads.size() == 1) {
        heads.add("in the log");
        add(rows, figures.stream().map(row -> Words.count(row.orders())).toList());
      }
      heads.addAll(List.of(kind.word() + "s/s", "of the first", "p50 µs", "p99 µs"));
      add(rows, figures.stream().map(row -> Words.count(Math.round(row.rate()))).toList());
      add(rows, figures.stream().map(row -> Words.ratio(row.ratio())).toList());
      add(rows, figures.stream().map(row -> Words.micros(row.figures().p50())).toList());
      add(rows, figures.stream().map(row -> Words.micros(row.figures().p99())).toList());
    }
    return new GrowthTable(dimension, List.copyOf(heads), List.copyOf(rows));
  }

  /** One more cell in each row. */
  private static void add(List<List<String>> rows, List<String> column) {
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).add(column.get(i));
    }
  }
}
