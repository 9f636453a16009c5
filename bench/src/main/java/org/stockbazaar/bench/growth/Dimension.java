package org.stockbazaar.bench.growth;

import java.util.List;
import java.util.Locale;
import org.stockbazaar.bench.session.RequestKind;

/** What grows. */
public enum Dimension {
  /** Closed-loop HTTP connections, each with one request at a time. */
  SESSIONS("sessions"),
  /** Listed stocks, all of which are asked for. */
  STOCKS("stocks"),
  /** Orders placed before the measurement. */
  ORDERS("orders"),
  /** Order nodes. */
  REPLICAS("replicas");

  private final String word;

  Dimension(String word) {
    this.word = word;
  }

  /** Its name for people, a plural. */
  public String word() {
    return word;
  }

  /** One of its values, such as {@code 1,000 stocks}. */
  public String words(int value) {
    String counted = value == 1 ? word.substring(0, word.length() - 1) : word;
    return String.format(Locale.ROOT, "%,d %s", value, counted);
  }

  /** The kinds of request that are measured at each point, trades first. */
  public List<RequestKind> kinds() {
    return switch (this) {
      case STOCKS -> List.of(RequestKind.TRADE, RequestKind.LOOKUP);
      case ORDERS -> List.of(RequestKind.TRADE, RequestKind.ORDER_LOOKUP);
      case SESSIONS, REPLICAS -> List.of(RequestKind.TRADE);
    };
  }

  /** Whether one system serves all points: else it is another system at each point. */
  boolean sharesSystem() {
    return this == SESSIONS || this == ORDERS;
  }
}
