package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.Cache;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.Point;
import org.stockbazaar.bench.session.RequestKind;

/** The part of the page about one kind of request: its table, and its percentiles at each point. */
final class PointSection {
  private static final String HEAD =
      "<tr><th rowspan=\"2\" scope=\"col\">Cache, p</th><th rowspan=\"2\" scope=\"col\">count</th>"
          + "<th colspan=\"6\" scope=\"colgroup\">client, µs</th>"
          + "<th colspan=\"6\" scope=\"colgroup\">gateway, µs</th>"
          + "<th rowspan=\"2\" scope=\"col\">gateway’s share</th></tr><tr>"
          + "<th>mean</th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>max</th>".repeat(2)
          + "</tr>";

  private final BenchResult result;
  private final Rows rows;

  PointSection(BenchResult result, Rows rows) {
    this.result = result;
    this.rows = rows;
  }

  /** Empty where there were no such requests. */
  String html(RequestKind kind) {
    List<CaseResult> measured =
        result.points().stream().filter(point -> !point.of(kind).isEmpty()).toList();
    if (measured.isEmpty()) {
      return "";
    }
    String name = Words.title(kind);
    var html = new StringBuilder("<section>\n").append(Html.element("h2", name + " requests"));
    html.append(Html.table(name + " latency by cache and p", HEAD, table(kind, measured)));
    html.append("<div class=\"plots\">\n");
    html.append(plot(kind, measured, Side.CLIENT, point -> point.client(kind)));
    if (measured.stream().anyMatch(point -> point.server(kind).getTotalCount() > 0)) {
      html.append(plot(kind, measured, Side.GATEWAY, point -> point.server(kind)));
    }
    html.append("</div>\n").append(legend(measured)).append("</section>\n");
    return html.toString();
  }

  private List<List<String>> table(RequestKind kind, List<CaseResult> measured) {
    List<List<String>> table = new ArrayList<>();
    for (CaseResult point : measured) {
      Row client = rows.together(point.what(), kind, Side.CLIENT);
      Row gateway = rows.together(point.what(), kind, Side.GATEWAY);
      List<String> cells = new ArrayList<>();
      cells.add(shortName((Point) point.what()));
      cells.add(Words.count(client.figures().count()));
      cells.addAll(HtmlReport.cells(client));
      cells.addAll(HtmlReport.cells(gateway));
      cells.add(Words.share(client, gateway));
      table.add(cells);
    }
    return table;
  }

  private static String shortName(Point point) {
    return point.cache().word() + ", " + point.percent() + " %";
  }

  private String plot(
      RequestKind kind,
      List<CaseResult> measured,
      Side side,
      Function<CaseResult, Histogram> histogram) {
    List<Histogram> all = new ArrayList<>();
    for (CaseResult point : measured) {
      all.add(point.client(kind));
      all.add(point.server(kind));
    }
    String title = Words.title(kind) + " latency over percentile, at the " + side.word();
    var plot = new PercentilePlot(title, all);
    for (CaseResult point : measured) {
      plot.line(point.what().words(), style((Point) point.what()), histogram.apply(point));
    }
    return Html.figure(title, plot.svg());
  }

  /** The colour tells p, dashes tell that the cache is off. */
  private String style(Point point) {
    List<Integer> percents = result.plan().percents().stream().sorted().toList();
    String colour = "c" + percents.indexOf(point.percent());
    return point.cache() == Cache.OFF ? colour + " off" : colour;
  }

  private String legend(List<CaseResult> measured) {
    var html = new StringBuilder("<ul class=\"legend\">");
    for (CaseResult point : measured) {
      html.append(Html.key(style((Point) point.what()), point.what().words()));
    }
    return html.append("</ul>\n").toString();
  }
}
