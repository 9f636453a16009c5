package org.stockbazaar.protocol.channel;

import io.netty.channel.EventLoop;
import org.stockbazaar.protocol.invariant.Invariant;

/** What holds for all that runs on a node's event loop. */
final class Loops {
  private Loops() {}

  /** One thread owns the node's state. */
  static void checkOn(EventLoop loop) {
    if (!loop.inEventLoop()) {
      Invariant.check(false, "channels belong to the event loop", Thread.currentThread().getName());
    }
  }

  /**
   * Netty would only log what nobody foresaw and go on in a broken state; a node's process has a
   * handler that ends it.
   */
  static void report(Throwable unforeseen) {
    var thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, unforeseen);
  }
}
