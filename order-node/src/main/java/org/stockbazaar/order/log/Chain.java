package org.stockbazaar.order.log;

import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;

/**
 * The end of a log, and the rule by which the next entry fits to it.
 *
 * @param index index of the last entry
 * @param epoch its epoch
 * @param checksum its checksum
 * @param nextNumber the transaction number that the next trade gets
 */
record Chain(long index, long epoch, int checksum, long nextNumber) {
  static final Chain EMPTY = new Chain(0, 0, 0, 0);

  /** The end once {@code entry} is appended. */
  static Chain endingWith(Entry entry) {
    return new Chain(entry.index(), entry.epoch(), entry.checksum(), entry.nextNumber());
  }

  /** Tells whether {@code entry} has its index, epoch and number, apart from its checksum. */
  boolean isNumbered(Entry entry) {
    long number = nextNumber + (entry.kind() == Entry.Kind.TRADE ? 1 : 0);
    return entry.index() == index + 1 && entry.epoch() >= epoch && entry.nextNumber() == number;
  }

  /** Tells whether {@code entry} is the next one. */
  boolean fits(Entry entry) {
    return isNumbered(entry) && entry.checksum() == EntryCodec.checksum(checksum, entry);
  }
}
