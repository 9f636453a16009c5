package org.stockbazaar.order.trading;

import java.util.function.LongFunction;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Key;

/**
 * The log index of every key among the newest {@link #WINDOW} trades of the log, committed or not.
 * Every replica keeps it as it appends, so that it is right at once when one becomes the leader.
 *
 * <p>A ring has the trades in log order, each with 32 bits of index and 32 of its key's hash; a
 * hash table with linear probing has their places in the ring. Keys themselves stay in the log,
 * where a candidate with the same hash is verified: 16 bytes a trade, no objects. The ring is a
 * little larger than the window, so that trades that fell out of it come back when newer ones are
 * truncated.
 *
 * <p>What is found depends on the log alone. Trades with the same key: the older one is found.
 */
public final class KeyTable {
  /** How many trades are remembered. */
  public static final int WINDOW = 1_000_000;

  /** How many of the log's newest trades, if it has so many, are to be put in at a start. */
  public static final int START = 1 << 20;

  private static final int RING_MIN = 1 << 10;

  private final LongFunction<Key> keyAt;
  private final int window;
  private final int ringMax;

  /** Trades have places first, first + 1, …, last; a place modulo the ring's size is its slot. */
  private long first;

  private long last = -1;
  private int[] indexes;
  private int[] hashes;

  /** Ring slots plus 1, at the hashes of their keys; 0 where there is none. Twice the ring. */
  private int[] table;

  private long newestIndex;

  /** Whether the log may have trades that were never, or are no longer, in the ring. */
  private boolean forgot;

  /**
   * An empty table.
   *
   * @param keyAt the key of the log's entry at an index; {@link Key#NONE} when it is no trade
   */
  public KeyTable(LongFunction<Key> keyAt) {
    this(keyAt, WINDOW, RING_MIN, START);
  }

  KeyTable(LongFunction<Key> keyAt, int window, int ringMin, int ringMax) {
    Invariant.check(window < ringMax, "the ring is larger than the window", window);
    this.keyAt = keyAt;
    this.window = window;
    this.ringMax = ringMax;
    allocate(ringMin);
  }

  private void allocate(int ring) {
    indexes = new int[ring];
    hashes = new int[ring];
    table = new int[ring * 2];
  }

  /** Remembers the trade at {@code index}, which is behind all others. */
  public void put(Key key, long index) {
    Invariant.check(index > newestIndex, "trades come in log order", index);
    if (size() == indexes.length) {
      makeRoom();
    }
    newestIndex = index;
    last++;
    enter(slot(last), index, hash(key));
    forgot |= size() == ringMax;
  }

  /** Index of the trade under {@code key}, 0 when none of the newest trades has it. */
  public long find(Key key) {
    int hash = hash(key);
    int mask = table.length - 1;
    long expired = last - window;
    for (int at = hash & mask; table[at] != 0; at = (at + 1) & mask) {
      int slot = table[at] - 1;
      if (hashes[slot] == hash && place(slot) > expired) {
        long index = index(slot);
        if (keyAt.apply(index).equals(key)) {
          return index;
        }
      }
    }
    return 0;
  }

  /** Forgets the trades behind {@code lastKept}. Called when the log has dropped them. */
  public void truncated(long lastKept) {
    while (last >= first && index(slot(last)) > lastKept) {
      leave(slot(last));
      last--;
    }
    newestIndex = last >= first ? index(slot(last)) : 0;
    if (forgot && size() < window) {
      refill(last >= first ? index(slot(first)) - 1 : lastKept);
    }
  }

  /** How many trades the table holds; the oldest ones may be behind the window. */
  int size() {
    return (int) (last - first + 1);
  }

  /** So much was truncated that older trades are in the window again: takes them from the log. */
  private void refill(long from) {
    for (long index = from; index > 0 && size() < window; index--) {
      Key key = keyAt.apply(index);
      if (!key.equals(Key.NONE)) {
        newestIndex = Math.max(newestIndex, index);
        first--;
        enter(slot(first), index, hash(key));
      }
    }
    rebuildTable();
  }

  private void makeRoom() {
    if (indexes.length == ringMax) {
      leave(slot(first));
      first++;
      return;
    }
    int[] oldIndexes = indexes;
    int[] oldHashes = hashes;
    allocate(oldIndexes.length * 2);
    for (long place = first; place <= last; place++) {
      int old = (int) (place & (oldIndexes.length - 1));
      indexes[slot(place)] = oldIndexes[old];
      hashes[slot(place)] = oldHashes[old];
    }
    rebuildTable();
  }

  /** Enters all trades anew, in log order, so that of equal keys the older one is found. */
  private void rebuildTable() {
    table = new int[indexes.length * 2];
    for (long place = first; place <= last; place++) {
      link(slot(place));
    }
  }

  private void enter(int slot, long index, int hash) {
    indexes[slot] = (int) index;
    hashes[slot] = hash;
    link(slot);
  }

  private void link(int slot) {
    int mask = table.length - 1;
    int at = hashes[slot] & mask;
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = slot + 1;
  }

  /** Takes a trade out and closes the gap: whatever was pushed past it moves up. */
  private void leave(int slot) {
    int mask = table.length - 1;
    int gap = hashes[slot] & mask;
    while (table[gap] != slot + 1) {
      gap = (gap + 1) & mask;
    }
    for (int at = (gap + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
      int home = hashes[table[at] - 1] & mask;
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        table[gap] = table[at];
        gap = at;
      }
    }
    table[gap] = 0;
  }

  private int slot(long place) {
    return (int) (place & (indexes.length - 1));
  }

  /** The place, among first to last, that has this slot. */
  private long place(int slot) {
    return last - ((last - slot) & (indexes.length - 1));
  }

  /** The index whose low 32 bits are kept: the one closest below the newest. */
  private long index(int slot) {
    return newestIndex - ((newestIndex - indexes[slot]) & 0xffff_ffffL);
  }

  private static int hash(Key key) {
    long z = key.high() * 0x9e3779b97f4a7c15L ^ key.low();
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (int) (z ^ (z >>> 31));
  }
}
