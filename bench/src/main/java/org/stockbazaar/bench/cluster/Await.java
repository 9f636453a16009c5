package org.stockbazaar.bench.cluster;

/** The pause between two looks at something that another process does. */
final class Await {
  private static final long PAUSE_MILLIS = 20;

  private Await() {}

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
