package org.stockbazaar.protocol.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long the requests of one kind took: every one is recorded, from 1 µs to 60 s at three digits;
 * longer ones count as 60 s. Belongs to the node's event loop.
 */
public final class Latencies {
  private static final long LOWEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long HIGHEST_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int DIGITS = 3;

  private final Histogram total = fresh();
  private Histogram interval;
  private long sumNanos;

  private static Histogram fresh() {
    return new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
  }

  /** Records one request that took {@code nanos}. */
  public void record(long nanos) {
    long value = Math.max(0, Math.min(nanos, HIGHEST_NANOS));
    total.recordValue(value);
    sumNanos += value;
    if (interval != null) {
      interval.recordValue(value);
    }
  }

  /** How many were recorded. */
  public long count() {
    return total.getTotalCount();
  }

  /** Their sum, in nanoseconds. */
  public long sumNanos() {
    return sumNanos;
  }

  /** The value, in nanoseconds, that {@code quantile} (0 to 1) of them did not exceed. */
  public long nanosAt(double quantile) {
    return total.getValueAtPercentile(quantile * 100);
  }

  /** What was recorded since the last call; from the first call on. */
  Histogram takeInterval() {
    Histogram taken = interval == null ? fresh() : interval;
    interval = fresh();
    return taken;
  }
}
