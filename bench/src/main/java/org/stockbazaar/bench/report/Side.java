package org.stockbazaar.bench.report;

/** Who measured. */
public enum Side {
  /** From the first attempt to the answer. */
  CLIENT("client"),
  /** The gateway, from a request read to its reply written. */
  GATEWAY("gateway");

  private final String word;

  Side(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
