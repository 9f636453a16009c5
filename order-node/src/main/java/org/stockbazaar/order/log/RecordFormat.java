package org.stockbazaar.order.log;

import java.nio.ByteBuffer;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;

/**
 * A record: 128 bytes, so that an entry is found by its index.
 *
 * <pre>
 *    0  120 bytes  the entry (EntryCodec); begins with u32 checksum, has u64 index at 8
 *  120  u64        synced mark: everything up to this index was on the disk when this was written
 * </pre>
 *
 * The mark is this replica's own: outside the checksum and outside comparison.
 */
final class RecordFormat {
  static final int BYTES = 128;
  static final int CHECKSUM = 0;
  static final int INDEX = 8;
  static final int MARK = EntryCodec.BYTES;

  private static final String PREFIX = "orders-";
  private static final String SUFFIX = ".log";
  private static final int DIGITS = 20;

  private RecordFormat() {}

  /** The file that begins with entry {@code first}. */
  static String segmentName(long first) {
    return PREFIX + String.format("%0" + DIGITS + "d", first) + SUFFIX;
  }

  /** The index that the file begins with, 0 when it is no segment. */
  static long firstIndex(String name) {
    if (!name.startsWith(PREFIX)
        || !name.endsWith(SUFFIX)
        || name.length() != PREFIX.length() + DIGITS + SUFFIX.length()) {
      return 0;
    }
    long first = 0;
    for (int i = PREFIX.length(); i < PREFIX.length() + DIGITS; i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9 || first > (Long.MAX_VALUE - digit) / 10) {
        return 0;
      }
      first = first * 10 + digit;
    }
    return first;
  }

  /** Puts a record; {@code mark} is the index known to be synced. */
  static void encode(Entry entry, long mark, ByteBuffer out) {
    EntryCodec.encode(entry, out);
    out.putLong(mark);
  }

  /** Tells whether the record at {@code from} is all zeros. */
  static boolean isZero(ByteBuffer in, int from) {
    for (int at = from; at < from + BYTES; at += Long.BYTES) {
      if (in.getLong(at) != 0) {
        return false;
      }
    }
    return true;
  }
}
