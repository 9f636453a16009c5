package org.stockbazaar.order.driver;

/** Port: the end of a node that cannot go on. */
@FunctionalInterface
public interface Stop {
  /** Ends the process; nothing that waits may leave any more. */
  void now(String reason, Throwable cause);
}
