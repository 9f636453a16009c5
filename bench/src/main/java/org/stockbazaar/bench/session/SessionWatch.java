package org.stockbazaar.bench.session;

/** Follows one session while it runs; called on that session's thread. */
public interface SessionWatch {
  /** Lets the session make all its requests, and keeps nothing. */
  SessionWatch NONE = new SessionWatch() {};

  /**
   * Whether the session is to look up and trade no more, although it has requests left; it then
   * goes on to compare its orders.
   */
  default boolean isOver() {
    return false;
  }

  /** A request was answered; both times are of {@link System#nanoTime}. */
  default void answered(RequestKind kind, long startNanos, long endNanos) {}
}
