package org.stockbazaar.bench.experiment;

/** Whether the gateway keeps stocks in memory. */
public enum Cache {
  ON("on"),
  OFF("off"),
  /** A gateway that somebody else started: not ours to change. */
  AS_IS("as it is");

  private final String word;

  Cache(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
