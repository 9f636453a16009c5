package org.stockbazaar.protocol.message;

/** What a trade does to the quantity on offer: a buy takes from it, a sell adds to it. */
public enum Side {
  BUY(1, "buy"),
  SELL(2, "sell");

  private final int code;
  private final String word;

  Side(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /** The byte that stands for this side in frames and records; never reused. */
  public int code() {
    return code;
  }

  /** The word that clients use: {@code buy} or {@code sell}. */
  public String word() {
    return word;
  }

  /** The change of the quantity on offer by a trade of {@code quantity} shares. */
  public long signed(long quantity) {
    return this == BUY ? -quantity : quantity;
  }
}
