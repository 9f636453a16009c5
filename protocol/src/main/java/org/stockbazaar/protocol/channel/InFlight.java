package org.stockbazaar.protocol.channel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A client's calls that await their reply, by correlation: a table in which a call's place is its
 * correlation modulo the size, and numbers whose place is taken are left out. Knows no clock.
 */
final class InFlight {
  private static final int SIZE_MIN = 64;

  private Call[] calls = new Call[SIZE_MIN];
  private int count;
  private long next = 1;

  /**
   * A call.
   *
   * @param correlation what its reply will carry
   * @param deadlineNanos when it is given up
   * @param sequence its place among the messages of its channel
   */
  record Call(long correlation, ReplyHandler handler, long deadlineNanos, long sequence) {}

  int count() {
    return count;
  }

  /** The correlation for the next call; never 0, never used twice. */
  long nextCorrelation() {
    if (2 * count >= calls.length) {
      grow();
    }
    while (calls[place(next)] != null) {
      next++;
    }
    return next;
  }

  /** Adds a call under {@link #nextCorrelation}. */
  void add(Call call) {
    calls[place(call.correlation)] = call;
    count++;
    next = call.correlation + 1;
  }

  /** Takes the call that awaits this; null when none does. */
  Call remove(long correlation) {
    Call call = calls[place(correlation)];
    if (call == null || call.correlation != correlation) {
      return null;
    }
    calls[place(correlation)] = null;
    count--;
    return call;
  }

  /** Takes all whose deadline is not after {@code nowNanos}, in the order of their calls. */
  List<Call> removeExpired(long nowNanos) {
    return removeIf(nowNanos, false);
  }

  /** Takes all, in the order of their calls. */
  List<Call> removeAll() {
    return removeIf(0, true);
  }

  private List<Call> removeIf(long nowNanos, boolean all) {
    var removed = new ArrayList<Call>();
    for (int i = 0; i < calls.length && count > 0; i++) {
      Call call = calls[i];
      if (call != null && (all || call.deadlineNanos - nowNanos <= 0)) {
        calls[i] = null;
        count--;
        removed.add(call);
      }
    }
    removed.sort(Comparator.comparingLong(Call::correlation));
    return removed;
  }

  /** Nanoseconds from {@code nowNanos} to the first deadline, at least 0; there must be a call. */
  long nanosToFirstDeadline(long nowNanos) {
    long first = Long.MAX_VALUE;
    for (Call call : calls) {
      if (call != null) {
        first = Math.min(first, Math.max(0, call.deadlineNanos - nowNanos));
      }
    }
    return first;
  }

  private int place(long correlation) {
    return (int) correlation & (calls.length - 1);
  }

  private void grow() {
    Call[] old = calls;
    calls = new Call[2 * old.length];
    for (Call call : old) {
      if (call != null) {
        calls[place(call.correlation)] = call;
      }
    }
  }
}
