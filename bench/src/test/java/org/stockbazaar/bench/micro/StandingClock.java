package org.stockbazaar.bench.micro;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * A clock that takes as long to read as the real one, and stands still: no lease ends, however
 * short a benchmark is or how long it pauses.
 */
final class StandingClock implements Ticker {
  /** One tick of it is 146 years. */
  private static final int SLOWNESS = 62;

  @Override
  public long initialNanoTime() {
    return nanoTime();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() >>> SLOWNESS;
  }

  @Override
  public void sleep(long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("time stands still");
  }
}
