package org.stockbazaar.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.stockbazaar.bench.experiment.Conditions;

/**
 * What every page has around its figures. It needs nothing else: no script, no file, no address.
 */
final class Page {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Page() {}

  /** Everything up to the first section. */
  static String head(String title, Instant begin, Conditions conditions) {
    String day = DAY.format(begin);
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<meta name=\"color-scheme\" content=\"light dark\">\n"
        + Html.element("title", title + ", " + day)
        + "<style>\n"
        + style()
        + "</style>\n</head>\n<body>\n<main>\n<header>"
        + Html.element("h1", title)
        + Html.element("p", day + " · " + conditions.placement())
        + "</header>\n";
  }

  private static String style() {
    try (InputStream in = Page.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The section about what went wrong; empty where nothing did.
   *
   * @param what which of them are shown
   */
  static String problems(String what, List<String> problems) {
    if (problems.isEmpty()) {
      return "";
    }
    var html = new StringBuilder("<section class=\"bad\">\n");
    html.append(Html.element("h2", "What went wrong")).append(Html.element("p", what));
    html.append("<ul>\n");
    for (String problem : problems) {
      html.append("<li>").append(Html.brief(problem)).append("</li>\n");
    }
    return html.append("</ul>\n</section>\n").toString();
  }

  /** The section about how it was measured. */
  static String method(List<String> sentences) {
    var html = new StringBuilder("<section>\n");
    html.append(Html.element("h2", "How it was measured")).append("<ul>\n");
    sentences.forEach(sentence -> html.append(Html.element("li", sentence)));
    return html.append("</ul>\n</section>\n").toString();
  }

  /**
   * Everything after the last section.
   *
   * @param files what lies beside the page
   */
  static String foot(String files) {
    return Html.element("footer", files) + "</main>\n</body>\n</html>\n";
  }
}
