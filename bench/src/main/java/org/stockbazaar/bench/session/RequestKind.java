package org.stockbazaar.bench.session;

/** What clients ask for; each kind is measured for itself. */
public enum RequestKind {
  LOOKUP("lookup"),
  TRADE("trade"),
  ORDER_LOOKUP("order lookup");

  private final String word;

  RequestKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
