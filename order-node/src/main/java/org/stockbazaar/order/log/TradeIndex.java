package org.stockbazaar.order.log;

import java.util.Arrays;
import org.stockbazaar.protocol.message.Entry;

/**
 * Finds a trade's index by its number. Only trades use up numbers, so index − number grows by one
 * with every other entry; knowing where those few are is enough.
 */
final class TradeIndex {
  private long[] others = new long[64];
  private int size;

  /** Notes the next entry. */
  void appended(Entry entry) {
    if (entry.kind() == Entry.Kind.TRADE) {
      return;
    }
    if (size == others.length) {
      others = Arrays.copyOf(others, size * 2);
    }
    others[size++] = entry.index();
  }

  /** Forgets every entry behind {@code lastKept}. */
  void truncated(long lastKept) {
    int at = Arrays.binarySearch(others, 0, size, lastKept + 1);
    size = at >= 0 ? at : -at - 1;
  }

  /** Index of the trade with that number, which is in the log. O(log n). */
  long indexOf(long number) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      // As many trades as lie before others[middle].
      long trades = others[middle] - 1 - middle;
      if (trades <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return number + 1 + low;
  }
}
