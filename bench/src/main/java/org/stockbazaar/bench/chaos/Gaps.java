package org.stockbazaar.bench.chaos;

/**
 * How long clients went without answers, fault by fault: the longest time in which none of them had
 * one, for trades and for stock lookups, and the slowest single request. Thread-safe.
 */
final class Gaps {
  private long lastTrade;
  private long lastLookup;
  private long trade;
  private long lookup;
  private long slowest;
  private long answers;

  /**
   * What was seen around a fault, in nanoseconds.
   *
   * @param answers how many requests were answered
   */
  record Seen(long trade, long lookup, long slowest, long answers) {
    Seen and(Seen other) {
      return new Seen(
          Math.max(trade, other.trade),
          Math.max(lookup, other.lookup),
          Math.max(slowest, other.slowest),
          answers + other.answers);
    }
  }

  Gaps(long nowNanos) {
    lastTrade = nowNanos;
    lastLookup = nowNanos;
  }

  synchronized void traded(long firstNanos, long nowNanos) {
    trade = Math.max(trade, nowNanos - lastTrade);
    lastTrade = Math.max(lastTrade, nowNanos);
    answered(firstNanos, nowNanos);
  }

  synchronized void looked(long firstNanos, long nowNanos) {
    lookup = Math.max(lookup, nowNanos - lastLookup);
    lastLookup = Math.max(lastLookup, nowNanos);
    answered(firstNanos, nowNanos);
  }

  synchronized void answered(long firstNanos, long nowNanos) {
    slowest = Math.max(slowest, nowNanos - firstNanos);
    answers++;
  }

  /** What was seen since the last call. */
  synchronized Seen take(long nowNanos) {
    var seen =
        new Seen(
            Math.max(trade, nowNanos - lastTrade),
            Math.max(lookup, nowNanos - lastLookup),
            slowest,
            answers);
    trade = 0;
    lookup = 0;
    slowest = 0;
    answers = 0;
    return seen;
  }
}
