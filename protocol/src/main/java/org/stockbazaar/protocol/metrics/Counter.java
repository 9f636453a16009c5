package org.stockbazaar.protocol.metrics;

/** A number that only grows. Belongs to the node's event loop. */
public final class Counter {
  private long count;

  /** One more. */
  public void increment() {
    count++;
  }

  public long count() {
    return count;
  }
}
