package org.stockbazaar.catalog.lease;

/** An applied or prepared entry that some gateways may still contradict. */
final class Unreleased {
  private final long index;
  private final String stock;
  private int gateways;

  /**
   * Waits for nobody yet.
   *
   * @param stock the stock that it changed, null for all
   */
  Unreleased(long index, String stock) {
    this.index = index;
    this.stock = stock;
  }

  long index() {
    return index;
  }

  String stock() {
    return stock;
  }

  void awaitOneMore() {
    gateways++;
  }

  /** One gateway less; true when it was the last. */
  boolean letGo() {
    gateways--;
    return gateways == 0;
  }

  boolean isReleased() {
    return gateways == 0;
  }
}
