package org.stockbazaar.order.replication;

import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;

/** How one entry of the log follows another. */
final class Chain {
  private Chain() {}

  /**
   * True when the entries follow the one at {@code index}, and each other: index, epoch, number and
   * checksum.
   */
  static boolean follows(
      long index, long epoch, int checksum, long nextNumber, long epochMax, List<Entry> entries) {
    for (Entry entry : entries) {
      boolean trade = entry.kind() == Entry.Kind.TRADE;
      if (entry.index() != index + 1
          || entry.epoch() < epoch
          || entry.epoch() > epochMax
          || entry.nextNumber() != nextNumber + (trade ? 1 : 0)
          || entry.checksum() != EntryCodec.checksum(checksum, entry)) {
        return false;
      }
      index = entry.index();
      epoch = entry.epoch();
      checksum = entry.checksum();
      nextNumber = entry.nextNumber();
    }
    return true;
  }
}
