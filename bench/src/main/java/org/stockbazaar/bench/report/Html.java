package org.stockbazaar.bench.report;

import java.util.List;

/** Pieces of HTML; every text in them is escaped here. */
final class Html {
  private static final int TEXT_MAX = 400;

  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Escaped, and cut where it is too long to be read. */
  static String brief(String text) {
    return escape(text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…");
  }

  /** One element around escaped text. */
  static String element(String name, String text) {
    return "<" + name + ">" + escape(text) + "</" + name + ">\n";
  }

  /**
   * A table that scrolls within itself where the page is too narrow.
   *
   * @param head its whole head, as HTML
   * @param rows cells as text; the first one of each row names it
   */
  static String table(String caption, String head, List<List<String>> rows) {
    var html = new StringBuilder("<div class=\"scroll\"><table>\n");
    html.append(element("caption", caption));
    html.append("<thead>").append(head).append("</thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        html.append(i == 0 ? "<th scope=\"row\">" : "<td>").append(escape(row.get(i)));
        html.append(i == 0 ? "</th>" : "</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /** A head of one line. */
  static String head(List<String> names) {
    var html = new StringBuilder("<tr>");
    names.forEach(name -> html.append("<th scope=\"col\">").append(escape(name)).append("</th>"));
    return html.append("</tr>").toString();
  }

  /** A plot and what it shows. */
  static String figure(String caption, String svg) {
    return "<figure>" + svg + "<figcaption>" + escape(caption) + "</figcaption></figure>\n";
  }

  /** One entry of a legend: a piece of the line, and its name. */
  static String key(String style, String name) {
    return "<li><svg class=\"key\" viewBox=\"0 0 28 8\" aria-hidden=\"true\"><path class=\"line "
        + style
        + "\" d=\"M2 4H26\"/></svg>"
        + escape(name)
        + "</li>";
  }
}
