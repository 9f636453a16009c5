package org.stockbazaar.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * A plot as inline SVG. Colours come from the page's style, so that it fits light and dark. Its
 * text is large enough to be read when a phone shows it at three quarters of its size.
 */
final class Plot {
  static final int WIDTH = 480;
  static final int HEIGHT = 290;
  static final int LEFT = 62;
  static final int RIGHT = 450;
  static final int TOP = 16;
  static final int BOTTOM = 262;

  private static final int LABEL_GAP = 6;
  private static final int LABEL_DROP = 18;
  private static final double HALF_LETTER = 4;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final StringBuilder lines = new StringBuilder();
  private final StringBuilder marks = new StringBuilder();

  /**
   * @param title what it shows, for those who do not see it
   */
  Plot(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  /**
   * Draws a line.
   *
   * @param style classes of the page's style
   */
  void line(String name, String style, List<Spot> spots) {
    var path = new StringBuilder();
    boolean down = false;
    for (Spot spot : spots) {
      if (Double.isNaN(spot.y())) {
        down = false;
        continue;
      }
      // A spot alone is a dot: a line of no length with round ends.
      path.append(down ? "L" : "M").append(place(spot)).append(down ? "" : "h0");
      down = true;
    }
    if (!path.isEmpty()) {
      lines.append("<path class=\"line ").append(style).append("\" d=\"").append(path);
      lines.append("\"><title>").append(Html.escape(name)).append("</title></path>\n");
    }
  }

  private String place(Spot spot) {
    return number(x.at(spot.x())) + " " + number(y.at(spot.y()));
  }

  /** A vertical line at {@code value} with a short label above it. */
  void mark(double value, String label) {
    String at = number(x.at(value));
    marks.append(segment("fault", at, number(TOP), at, number(BOTTOM)));
    marks.append(text("middle", at, number(TOP - HALF_LETTER), label));
  }

  String svg() {
    var svg = new StringBuilder();
    svg.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT);
    svg.append("\" role=\"img\" aria-label=\"").append(Html.escape(title)).append("\">\n");
    for (Axis.Tick tick : y.ticks()) {
      String at = number(y.at(tick.value()));
      svg.append(segment("grid", number(LEFT), at, number(RIGHT), at));
      String below = number(y.at(tick.value()) + HALF_LETTER);
      svg.append(text("end", number(LEFT - LABEL_GAP), below, tick.label()));
    }
    for (Axis.Tick tick : x.ticks()) {
      String at = number(x.at(tick.value()));
      svg.append(segment("grid", at, number(TOP), at, number(BOTTOM)));
      svg.append(text("middle", at, number(BOTTOM + LABEL_DROP), tick.label()));
    }
    svg.append(marks);
    if (lines.isEmpty()) {
      String middle = number((LEFT + RIGHT) / 2.0);
      svg.append(text("middle", middle, number((TOP + BOTTOM) / 2.0), "nothing was measured"));
    }
    return svg.append(lines).append("</svg>\n").toString();
  }

  private static String segment(String style, String x1, String y1, String x2, String y2) {
    return "<line class=\""
        + style
        + "\" x1=\""
        + x1
        + "\" y1=\""
        + y1
        + "\" x2=\""
        + x2
        + "\" y2=\""
        + y2
        + "\"/>\n";
  }

  private static String text(String anchor, String x, String y, String label) {
    return "<text text-anchor=\""
        + anchor
        + "\" x=\""
        + x
        + "\" y=\""
        + y
        + "\">"
        + Html.escape(label)
        + "</text>\n";
  }

  /** A tenth of a pixel is fine enough. */
  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
