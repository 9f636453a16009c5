package org.stockbazaar.catalog.view;

import java.util.Map;
import java.util.TreeMap;

/**
 * Trades that a leader has appended and whose end is not known yet. They may be committed, and
 * their clients told, before this catalog hears of it: so nobody is shown their stocks until it
 * has. The leader that prepared them says so by applying them. When there is a newer one, what that
 * one has committed by the time it serves contains every trade of before that anybody was told of
 * (leader completeness, thesis 3.6.3), so the stocks wait for just that.
 */
final class PreparedTrades {
  /** What must be applied before a stock is shown. */
  private final Map<String, Long> awaited = new TreeMap<>();

  private long epoch;
  private long index;

  /** Everything up to here is prepared, or applied; 0 for nothing. */
  long index() {
    return index;
  }

  /** Whether trades from {@code first} on leave no gap behind what is prepared or applied. */
  boolean mayGoOnAt(long first, long appliedIndex) {
    return first > appliedIndex && first <= Math.max(appliedIndex, index) + 1;
  }

  void add(long ofEpoch, long at, String stock) {
    epoch = ofEpoch;
    index = Math.max(index, at);
    awaited.put(stock, at);
  }

  /** Whether this stock has a trade whose end is not known. */
  boolean isOpen(String stock, long appliedIndex) {
    return !awaited.isEmpty() && awaited.getOrDefault(stock, 0L) > appliedIndex;
  }

  /** A leader serves that has committed everything up to {@code commitIndex}. */
  void serves(long leaderEpoch, long commitIndex) {
    if (leaderEpoch > epoch) {
      epoch = leaderEpoch;
      index = 0;
      awaited.replaceAll((stock, at) -> commitIndex);
    }
  }

  /**
   * The leader of that epoch has told nobody of anything behind {@code at}, and never will. Of what
   * is before it clients may know: a stock may have had trades there, too.
   */
  void withdrawn(long ofEpoch, long at) {
    if (ofEpoch == epoch) {
      awaited.replaceAll((stock, one) -> Math.min(one, at));
    }
  }

  /** The view goes back: what is applied from now on is told to gateways again. */
  void viewBeginsAgain() {
    index = 0;
  }

  /** Forgets stocks that wait for nothing any more. */
  void tidy(long appliedIndex) {
    if (!awaited.isEmpty()) {
      awaited.values().removeIf(at -> at <= appliedIndex);
    }
  }
}
