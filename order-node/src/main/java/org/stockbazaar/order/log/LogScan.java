package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.stockbazaar.order.log.OrderLog.Rule;
import org.stockbazaar.order.log.Segments.Segment;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.MalformedException;

/**
 * Reads a log from its first slot to its last, and finds its end.
 *
 * <p>The entries end before the first slot that does not continue the chain. What lies behind it
 * tells which of two things happened. Either nothing there vouches for that slot: it never got to
 * the disk, and it is the <em>torn tail</em> of a crash, which nobody was promised. Or a later
 * record that is good in itself says that the slot was on the disk when it was written: then the
 * disk has lost what it had promised to keep, which is <em>damage</em>.
 *
 * <p>A later record is good when it has its own index and its checksum follows from what the slot
 * before it has in its checksum field. For the slot right behind the bad one also the checksum is
 * tried that the bad one should have, in case that just its checksum field is damaged.
 */
final class LogScan {
  /** Sees the entries, in order. */
  interface Visitor {
    /** {@code image} is the record; its position is at its first byte and may be moved. */
    void entry(Entry entry, ByteBuffer image);
  }

  /**
   * What was found.
   *
   * @param end the last good entry
   * @param dirty index of the last slot behind it that is not all zeros, 0 for none
   * @param damaged index of the damaged record, 0 for none
   * @param voucher index of the record that vouches for it
   */
  record Result(Chain end, long dirty, long damaged, long voucher) {
    /** Names the damage to people. */
    String describe(Segments segments) {
      return "the order log is damaged: the record of "
          + segments.describe(damaged)
          + " is not what was written there, and the one of index "
          + voucher
          + " says that it was on the disk";
    }
  }

  private static final int SLOTS = 1024;

  private final Segments segments;
  private final Visitor visitor;
  private final long upTo;
  private final boolean verifies;
  private final boolean honoursMarks;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SLOTS * RecordFormat.BYTES);

  private Chain end = Chain.EMPTY;
  private boolean ended;
  private int previousField;
  private int previousComputed;
  private long dirty;
  private long voucher;

  private LogScan(Segments segments, long upTo, Set<Rule> rules, Visitor visitor) {
    this.segments = segments;
    this.verifies = rules.contains(Rule.VERIFY_CHECKSUMS);
    this.honoursMarks = rules.contains(Rule.HONOUR_MARKS);
    this.upTo = upTo;
    this.visitor = visitor;
  }

  /** Scans up to and with the entry {@code upTo}, or everything. */
  static Result run(Segments segments, long upTo, Visitor visitor) throws IOException {
    return run(segments, upTo, EnumSet.allOf(Rule.class), visitor);
  }

  static Result run(Segments segments, long upTo, Set<Rule> rules, Visitor visitor)
      throws IOException {
    var scan = new LogScan(segments, upTo, rules, visitor);
    if (!segments.isEmpty()) {
      scan.run();
    }
    long damaged = scan.voucher == 0 ? 0 : scan.end.index() + 1;
    return new Result(scan.end, scan.dirty, damaged, scan.voucher);
  }

  private void run() throws IOException {
    long first = segments.list().get(0).first();
    if (first != 1) {
      // The first file is created before anything else and never deleted.
      voucher = first;
      return;
    }
    Segment last = segments.last();
    long slots = (last.file().size() + RecordFormat.BYTES - 1) / RecordFormat.BYTES;
    long stop = last.first() + slots;
    long index = 1;
    while (index < stop && (ended || index <= upTo)) {
      segments.read(index, buffer, stop - index);
      int count = buffer.limit() / RecordFormat.BYTES;
      for (int i = 0; i < count; i++) {
        slot(index + i, i * RecordFormat.BYTES);
      }
      index += count;
      if (voucher != 0) {
        if (!isThereNow()) {
          return;
        }
        index = end.index() + 1;
      }
    }
  }

  /**
   * Whether the node has written, since it was read, the record that ended the entries. Then the
   * scan goes on there. Happens beside a running node only.
   */
  private boolean isThereNow() throws IOException {
    segments.read(end.index() + 1, buffer, 1);
    if (next(0) == null) {
      return false;
    }
    ended = false;
    voucher = 0;
    dirty = 0;
    return true;
  }

  private void slot(long index, int at) {
    if (!ended && index <= upTo) {
      Entry entry = next(at);
      if (entry != null) {
        end = Chain.endingWith(entry);
        visitor.entry(entry, buffer.position(at));
        return;
      }
      ended = true;
      previousField = buffer.getInt(at + RecordFormat.CHECKSUM);
      previousComputed = EntryCodec.checksum(end.checksum(), buffer.position(at));
      noteDirty(index, at);
    } else if (ended) {
      if (honoursMarks && voucher == 0 && vouches(index, at)) {
        voucher = index;
      }
      previousField = buffer.getInt(at + RecordFormat.CHECKSUM);
      previousComputed = previousField;
      noteDirty(index, at);
    }
  }

  private void noteDirty(long index, int at) {
    if (!RecordFormat.isZero(buffer, at)) {
      dirty = index;
    }
  }

  /** The entry in the slot when it continues the chain, else null. */
  private Entry next(int at) {
    if (buffer.getLong(at + RecordFormat.INDEX) != end.index() + 1) {
      return null;
    }
    buffer.position(at);
    int checksum = EntryCodec.checksum(end.checksum(), buffer);
    if (verifies && checksum != buffer.getInt(at + RecordFormat.CHECKSUM)) {
      return null;
    }
    try {
      Entry entry = EntryCodec.decode(buffer);
      return end.isNumbered(entry) ? entry : null;
    } catch (MalformedException e) {
      return null;
    }
  }

  private boolean vouches(long index, int at) {
    long mark = buffer.getLong(at + RecordFormat.MARK);
    if (buffer.getLong(at + RecordFormat.INDEX) != index || mark <= end.index() || mark >= index) {
      return false;
    }
    buffer.position(at);
    int checksum = buffer.getInt(at + RecordFormat.CHECKSUM);
    return checksum == EntryCodec.checksum(previousField, buffer)
        || checksum == EntryCodec.checksum(previousComputed, buffer);
  }
}
