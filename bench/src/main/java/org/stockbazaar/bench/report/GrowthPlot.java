package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.stockbazaar.bench.growth.Dimension;
import org.stockbazaar.bench.growth.GrowthResult;
import org.stockbazaar.bench.session.RequestKind;

/**
 * Rate and latencies over one dimension, each as a multiple of its own first point, so that all of
 * them fit on one axis and a line that does not rise is a cost that does not grow.
 */
final class GrowthPlot {
  private final List<Line> lines = new ArrayList<>();
  private final Dimension dimension;

  private record Line(String name, String style, List<Spot> spots) {}

  GrowthPlot(GrowthResult result, Dimension dimension) {
    this.dimension = dimension;
    for (RequestKind kind : dimension.kinds()) {
      // Trades are drawn through, what is measured beside them is dashed.
      String dash = kind == RequestKind.TRADE ? "" : " off";
      List<GrowthRow> rows = GrowthRows.medians(result, dimension, kind);
      line(kind.word() + "s/s", "c0" + dash, rows, GrowthRow::rate);
      line(kind.word() + "s, p50", "c1" + dash, rows, row -> row.figures().p50());
      line(kind.word() + "s, p99", "c3" + dash, rows, row -> row.figures().p99());
    }
  }

  private void line(
      String name, String style, List<GrowthRow> rows, ToDoubleFunction<GrowthRow> figure) {
    double first = figure.applyAsDouble(rows.get(0));
    List<Spot> spots = new ArrayList<>();
    for (GrowthRow row : rows) {
      double value = figure.applyAsDouble(row);
      spots.add(new Spot(row.place(), first > 0 && value > 0 ? value / first : Double.NaN));
    }
    lines.add(new Line(name, style, spots));
  }

  /** The plot and its legend. */
  String html() {
    DoubleSummaryStatistics counts = all(Spot::x);
    DoubleSummaryStatistics ratios = all(Spot::y);
    var plot =
        new Plot(
            "rate and latencies over " + dimension.word(),
            Axis.counts(counts.getMin(), counts.getMax(), Plot.LEFT, Plot.RIGHT),
            Axis.ratios(ratios.getMin(), ratios.getMax(), Plot.BOTTOM, Plot.TOP));
    var legend = new StringBuilder("<ul class=\"legend\">");
    for (Line line : lines) {
      plot.line(line.name, line.style, line.spots);
      legend.append(Html.key(line.style, line.name));
    }
    String caption = "Multiples of the first point, over " + dimension.word();
    return "<div class=\"plots\">\n"
        + Html.figure(caption, plot.svg())
        + "</div>\n"
        + legend
        + "</ul>\n";
  }

  /** Of all spots that are drawn; 1 where there are none. */
  private DoubleSummaryStatistics all(ToDoubleFunction<Spot> coordinate) {
    DoubleSummaryStatistics all =
        lines.stream()
            .flatMap(line -> line.spots.stream())
            .filter(spot -> !Double.isNaN(spot.y()))
            .mapToDouble(coordinate)
            .summaryStatistics();
    if (all.getCount() == 0) {
      all.accept(1);
    }
    return all;
  }
}
