package org.stockbazaar.bench.report;

import java.util.Collections;
import java.util.List;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.session.RequestKind;

/** The whole result as one HTML page. */
final class HtmlReport {
  private HtmlReport() {}

  static String page(BenchResult result) {
    Rows rows = Rows.of(result);
    var html = new StringBuilder(256 * 1024);
    html.append(Page.head("Stock Bazaar bench", result.begin(), result.conditions()));
    summary(html, result);
    html.append(Page.problems("The first of each run:", result.problems()));
    var points = new PointSection(result, rows);
    for (RequestKind kind : RequestKind.values()) {
      html.append(points.html(kind));
    }
    html.append(new FailoverSection(result, rows).html());
    html.append(Page.method(Method.sentences(result))).append(ConditionsSection.html(result));
    return html.append(Page.foot(files())).toString();
  }

  /** The six latencies of a row; of none, what is written for the unknown. */
  static List<String> cells(Row row) {
    if (row == null) {
      return Collections.nCopies(6, Words.micros(Double.NaN));
    }
    Figures figures = row.figures();
    return List.of(
        Words.micros(figures.mean()),
        Words.micros(figures.p50()),
        Words.micros(figures.p90()),
        Words.micros(figures.p99()),
        Words.micros(figures.p999()),
        Words.micros(figures.max()));
  }

  private static void summary(StringBuilder html, BenchResult result) {
    html.append("<section>\n<ul class=\"headlines\">\n");
    for (Summary.Headline headline : Summary.of(result)) {
      html.append("<li>").append(Html.element("h3", headline.what()));
      html.append(Html.element("strong", headline.value()));
      html.append(Html.element("p", headline.note())).append("</li>\n");
    }
    html.append("</ul>\n").append(Html.element("p", Method.CLOSED_LOOP)).append("</section>\n");
  }

  private static String files() {
    return "Beside this page: results.json and results.csv have every figure of every round, the"
        + " .hgrm files the percentiles of each case in microseconds, results.hlog the histograms"
        + " themselves in nanoseconds.";
  }
}
