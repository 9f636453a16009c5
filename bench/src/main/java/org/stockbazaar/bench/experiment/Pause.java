package org.stockbazaar.bench.experiment;

import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.config.FailedException;

/** Waiting, which Ctrl-C ends. */
final class Pause {
  /**
   * Longer than an interval of the gateway's histogram log: between two runs with such a pause one
   * interval ends, so that no interval has requests of both.
   */
  private static final long QUIET_MILLIS = 1_100;

  private Pause() {}

  static void millis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
  }

  /** Lets the gateway end an interval of its histogram log while nobody asks it for anything. */
  static void quiet() {
    millis(QUIET_MILLIS);
  }
}
