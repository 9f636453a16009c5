package org.stockbazaar.bench.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.session.RequestKind;

/**
 * What was measured, in nanoseconds, per request kind. At a constant rate each request is due at a
 * moment that was fixed before: <em>corrected</em> latencies run from there, as users feel them;
 * <em>uncorrected</em> ones from when the request could be sent, which hides that a slow answer
 * made the next ones wait (Tene's coordinated omission). Send lag is the difference. For one
 * thread.
 */
public final class Latencies {
  private static final int DIGITS = 3;
  private static final int STATUS_MAX = 599;

  private final Map<RequestKind, Histogram> corrected = new EnumMap<>(RequestKind.class);
  private final Map<RequestKind, Histogram> uncorrected = new EnumMap<>(RequestKind.class);
  private final Histogram lag = new Histogram(DIGITS);
  private final Histogram second = new Histogram(DIGITS);
  private final long[] statuses = new long[STATUS_MAX + 1];
  private long answers;
  private long broken;
  private long unanswered;

  Latencies() {
    for (RequestKind kind : RequestKind.values()) {
      corrected.put(kind, new Histogram(DIGITS));
      uncorrected.put(kind, new Histogram(DIGITS));
    }
  }

  void answered(RequestKind kind, int status, long dueNanos, long sentNanos, long nowNanos) {
    corrected.get(kind).recordValue(Math.max(0, nowNanos - dueNanos));
    second.recordValue(Math.max(0, nowNanos - dueNanos));
    uncorrected.get(kind).recordValue(Math.max(0, nowNanos - sentNanos));
    lag.recordValue(Math.max(0, sentNanos - dueNanos));
    statuses[Math.min(status, STATUS_MAX)]++;
    answers++;
  }

  /** To be told when a second of the measurement is over; returns the corrected latencies in it. */
  Histogram endSecond() {
    Histogram ended = second.copy();
    second.reset();
    return ended;
  }

  /** A request whose connection broke before its answer. */
  void broke() {
    broken++;
  }

  /** A request that was due and had no answer at the end: it took at least so long. */
  void unanswered(RequestKind kind, long dueNanos, long nowNanos) {
    corrected.get(kind).recordValue(Math.max(0, nowNanos - dueNanos));
    unanswered++;
  }

  /** From when a request was due to its answer. */
  public Histogram corrected(RequestKind kind) {
    return corrected.get(kind);
  }

  /** From when a request was sent to its answer. */
  public Histogram uncorrected(RequestKind kind) {
    return uncorrected.get(kind);
  }

  /** From when a request was due to when it was sent. */
  public Histogram lag() {
    return lag;
  }

  /** Corrected latencies of all kinds together. */
  public Histogram all() {
    var all = new Histogram(DIGITS);
    corrected.values().forEach(all::add);
    return all;
  }

  /** How many answers had each HTTP status that came. */
  public Map<Integer, Long> statuses() {
    var counts = new TreeMap<Integer, Long>();
    for (int status = 0; status <= STATUS_MAX; status++) {
      if (statuses[status] > 0) {
        counts.put(status, statuses[status]);
      }
    }
    return counts;
  }

  public long answers() {
    return answers;
  }

  public long broken() {
    return broken;
  }

  public long unanswered() {
    return unanswered;
  }

  /** Answers that are neither 200 nor 409, and requests without one. */
  public long failures() {
    return answers - statuses[200] - statuses[409] + broken;
  }
}
