package org.stockbazaar.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.session.RequestKind;

/**
 * The whole result as one HTML page that needs nothing else: no script, no other file, no address.
 */
final class HtmlReport {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private HtmlReport() {}

  static String page(BenchResult result) {
    Rows rows = Rows.of(result);
    var html = new StringBuilder(256 * 1024);
    head(html, result);
    summary(html, result);
    problems(html, result);
    var points = new PointSection(result, rows);
    for (RequestKind kind : RequestKind.values()) {
      html.append(points.html(kind));
    }
    html.append(new FailoverSection(result, rows).html());
    html.append("<section>\n").append(Html.element("h2", "How it was measured")).append("<ul>\n");
    Method.sentences(result).forEach(sentence -> html.append(Html.element("li", sentence)));
    html.append("</ul>\n</section>\n").append(ConditionsSection.html(result));
    html.append(Html.element("footer", files()));
    return html.append("</main>\n</body>\n</html>\n").toString();
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

  private static void head(StringBuilder html, BenchResult result) {
    String day = DAY.format(result.begin());
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.append(Html.element("title", "Stock Bazaar bench, " + day));
    html.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n");
    html.append("<header>").append(Html.element("h1", "Stock Bazaar bench"));
    html.append(Html.element("p", day + " · " + result.conditions().placement()));
    html.append("</header>\n");
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

  private static void problems(StringBuilder html, BenchResult result) {
    if (!result.isGood()) {
      html.append("<section class=\"bad\">\n").append(Html.element("h2", "What went wrong"));
      html.append(Html.element("p", "The first of each run:")).append("<ul>\n");
      for (String problem : result.problems()) {
        html.append("<li>").append(Html.brief(problem)).append("</li>\n");
      }
      html.append("</ul>\n</section>\n");
    }
  }

  private static String files() {
    return "Beside this page: results.json and results.csv have every figure of every round, the"
        + " .hgrm files the percentiles of each case in microseconds, results.hlog the histograms"
        + " themselves in nanoseconds.";
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
