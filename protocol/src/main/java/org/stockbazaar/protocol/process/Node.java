package org.stockbazaar.protocol.process;

/** A service as its process sees it. */
public interface Node {
  /** Starts it; on the event loop's thread never, returns when it listens. */
  void start();

  /**
   * Accepts nothing new, finishes what was accepted, closes its files, and then calls {@code done}.
   * Called on the event loop, once.
   */
  void drain(Runnable done);
}
