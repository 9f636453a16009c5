package org.stockbazaar.order.replication;

import java.util.List;
import org.stockbazaar.protocol.message.Entry;

/**
 * Port: the order log of this replica. Entries have the indexes 1 to {@link #lastIndex}, without
 * gaps, each chained to the one before by its checksum. What was appended can be read at once, and
 * is durable once {@link #syncedIndex} has reached it; the driver syncs.
 */
public interface Log {
  /** Index of the last entry, 0 for an empty log. */
  long lastIndex();

  /** Epoch of the last entry, 0 for an empty log. */
  long lastEpoch();

  /** Checksum of the last entry, 0 for an empty log. */
  int lastChecksum();

  /** The transaction number that the next trade gets, 0 for an empty log. */
  long nextNumber();

  /** Epoch of the entry at {@code index}, 0 for index 0. */
  long epochAt(long index);

  /** Checksum of the entry at {@code index}, 0 for index 0. */
  int checksumAt(long index);

  /** The entry at {@code index}, which is 1 to {@link #lastIndex}. */
  Entry read(long index);

  /** At most {@code countMax} entries from {@code from} on, fewer at the end. */
  List<Entry> read(long from, int countMax);

  /** Index of the trade with that transaction number, 0 when there is none; O(log n) at worst. */
  long indexOf(long number);

  /** Appends the next entry. Its chain is checked. Not durable before the driver has synced. */
  void append(Entry entry);

  /** Drops every entry behind {@code lastKept}. Durable on return. */
  void truncate(long lastKept);

  /** Every entry up to here is on the disk. */
  long syncedIndex();
}
