package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.stockbazaar.order.log.Segments.Segment;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Entry;

/**
 * The order log of a replica, on its disk.
 *
 * <p>Appended entries gather in a buffer and reach the file with one write, in {@link #sync} or
 * when the buffer is full. The newest entries stay decoded in memory, where followers and the
 * catalog find them; older ones are read from the file by position, and their checksums verified.
 *
 * <p>An error of the disk leaves the log unusable: every later call that would touch the disk fails
 * too, and nothing is tried a second time (a second fdatasync may say yes to pages that the first
 * one lost). Belongs to one thread. Not durable: what {@link #syncedIndex} has not reached.
 */
public final class OrderLog implements Log, AutoCloseable {
  /** Decoded entries kept; more than fit into the write buffer, so that all unwritten are here. */
  static final int RECENT = 4096;

  private static final int PENDING = 2048;

  private static final int ZEROS_BYTES = 1 << 16;

  /** What keeps recovery right, by name, so that tests can show that each one is needed. */
  enum Rule {
    VERIFY_CHECKSUMS,
    HONOUR_MARKS,
    CLEAR_MARKS_BEFORE_TRUNCATING
  }

  private final LogOptions options;
  private final Set<Rule> rules;
  private final Segments segments;
  private final RecordReader reader;
  private final TradeIndex trades;
  private final ByteBuffer zeros;
  private final ByteBuffer pending = ByteBuffer.allocateDirect(PENDING * RecordFormat.BYTES);
  private final Entry[] recent;

  private Chain end;

  /** Where the next record goes; its successor is there as soon as it is full. */
  private Segment current;

  /** What is wrong behind the end, null for nothing; it stays on the disk until an append. */
  private String damage;

  private long writtenIndex;
  private long syncedIndex;
  private long zeroedBytes;
  private boolean failed;

  private OrderLog(
      LogOptions options,
      Set<Rule> rules,
      Segments segments,
      Chain end,
      TradeIndex trades,
      Entry[] recent) {
    this.options = options;
    this.rules = rules;
    this.segments = segments;
    this.reader = new RecordReader(segments);
    this.trades = trades;
    this.recent = recent;
    this.zeros = ByteBuffer.allocateDirect(Math.min(options.sliceBytes(), ZEROS_BYTES));
    this.end = end;
    this.writtenIndex = end.index();
    this.syncedIndex = end.index();
  }

  /** Opens the log in the directory, or an empty one. See {@link #open(Storage, LogOptions)}. */
  public static OrderLog open(Storage storage) {
    return open(storage, LogOptions.DEFAULT);
  }

  /**
   * Opens the log: cuts a torn tail and syncs what is left, so that everything in it is durable.
   *
   * @throws LostException when a record is damaged that had been on the disk, naming it
   */
  public static OrderLog open(Storage storage, LogOptions options) {
    return open(storage, options, EnumSet.allOf(Rule.class));
  }

  static OrderLog open(Storage storage, LogOptions options, Set<Rule> rules) {
    var log = openDamaged(storage, options, rules);
    if (log.damage != null) {
      String damage = log.damage;
      log.closeFiles();
      throw new LostException(damage);
    }
    return log;
  }

  /**
   * Opens a log of which a part may be damaged, for a replica that gets it back from its peers:
   * {@link #damage} says what, and the log ends before it. Nothing is deleted before the first
   * append: where no peer has the entries either, the files are as they were.
   */
  public static OrderLog openDamaged(Storage storage, LogOptions options) {
    return openDamaged(storage, options, EnumSet.allOf(Rule.class));
  }

  private static OrderLog openDamaged(Storage storage, LogOptions options, Set<Rule> rules) {
    try {
      var segments = Segments.open(storage);
      var trades = new TradeIndex();
      var recent = new Entry[RECENT];
      var result =
          LogScan.run(
              segments,
              Long.MAX_VALUE,
              rules,
              (entry, image) -> {
                trades.appended(entry);
                recent[slot(entry.index())] = entry;
              });
      var log = new OrderLog(options, rules, segments, result.end(), trades, recent);
      if (result.damaged() != 0) {
        log.damage = result.describe(segments);
      } else if (log.lacksSuccessor()) {
        log.damage = "the order log is damaged: " + log.describeLoss();
      } else {
        log.cut(result.dirty() != 0);
      }
      return log;
    } catch (IOException e) {
      throw new StorageException("cannot open the order log in " + storage.describe("."), e);
    }
  }

  /** Tells whether this directory has any file of a log. */
  public static boolean exists(Storage storage) {
    try {
      return storage.list().stream().anyMatch(name -> RecordFormat.firstIndex(name) > 0);
    } catch (IOException e) {
      throw new StorageException("cannot list the files of " + storage.describe("."), e);
    }
  }

  /** What of the log is damaged, for people; null for nothing. */
  public String damage() {
    return damage;
  }

  /** A segment is followed, durably, before it gets its last record. */
  private boolean lacksSuccessor() {
    return !segments.isEmpty() && segments.last().offset(end.index() + 1) == options.segmentBytes();
  }

  private String describeLoss() {
    return segments.describe(segments.last())
        + " is full, and the file behind it, which begins with index "
        + (end.index() + 1)
        + ", is gone";
  }

  /** Before the first write to a damaged log: what is there is not needed any more. */
  private void cutDamage() {
    try {
      cut(true);
      damage = null;
    } catch (IOException e) {
      throw failed("cannot cut the order log", e);
    }
  }

  /** Makes the files end where the log does. */
  private void cut(boolean dirty) throws IOException {
    segments.deleteBehind(Math.max(1, end.index() + 1));
    if (segments.isEmpty()) {
      segments.create(1);
    }
    current = segments.last();
    if (dirty) {
      Segments.zero(current, current.offset(end.index() + 1), current.file().size(), zeros);
    }
    current.file().force();
    zeroedBytes = slotBytes(current);
  }

  /** Its bytes with the last slot whole: of a good record a crash may have cut zeros off. */
  private static long slotBytes(Segment segment) throws IOException {
    long slots = (segment.file().size() + RecordFormat.BYTES - 1) / RecordFormat.BYTES;
    return slots * RecordFormat.BYTES;
  }

  @Override
  public long lastIndex() {
    return end.index();
  }

  @Override
  public long lastEpoch() {
    return end.epoch();
  }

  @Override
  public int lastChecksum() {
    return end.checksum();
  }

  @Override
  public long nextNumber() {
    return end.nextNumber();
  }

  @Override
  public long syncedIndex() {
    return syncedIndex;
  }

  @Override
  public long epochAt(long index) {
    return index == 0 ? 0 : read(index).epoch();
  }

  @Override
  public int checksumAt(long index) {
    return index == 0 ? 0 : read(index).checksum();
  }

  @Override
  public long indexOf(long number) {
    return number < 0 || number >= end.nextNumber() ? 0 : trades.indexOf(number);
  }

  @Override
  public Entry read(long index) {
    Invariant.check(index >= 1 && index <= end.index(), "an index of the log", index);
    Entry entry = recent[slot(index)];
    return entry != null && entry.index() == index ? entry : readWritten(index, 1).get(0);
  }

  @Override
  public List<Entry> read(long from, int countMax) {
    Invariant.check(from >= 1, "an index of the log", from);
    int count = (int) Math.max(0, Math.min(countMax, end.index() - from + 1));
    var entries = new ArrayList<Entry>(count);
    while (entries.size() < count) {
      long index = from + entries.size();
      Entry entry = recent[slot(index)];
      if (entry != null && entry.index() == index) {
        entries.add(entry);
      } else {
        entries.addAll(readWritten(index, count - entries.size()));
      }
    }
    return entries;
  }

  /** At least one entry, at most {@code countMax}, from the file. */
  private List<Entry> readWritten(long from, int countMax) {
    Invariant.check(from <= writtenIndex, "unwritten entries are in memory", from);
    requireUsable();
    try {
      return reader.read(from, (int) Math.min(countMax, writtenIndex - from + 1));
    } catch (IOException e) {
      throw failed("cannot read the order log", e);
    }
  }

  @Override
  public void append(Entry entry) {
    requireUsable();
    Invariant.check(end.fits(entry), "an entry continues the log", entry);
    if (damage != null) {
      cutDamage();
    }
    if (pending.remaining() < RecordFormat.BYTES) {
      write();
    }
    RecordFormat.encode(entry, options.force() ? syncedIndex : 0, pending);
    recent[slot(entry.index())] = entry;
    trades.appended(entry);
    end = Chain.endingWith(entry);
  }

  /**
   * Makes everything appended so far durable: one write, one fdatasync.
   *
   * @throws StorageException when it is not known to be durable; the node has to stop
   */
  public void sync() {
    requireUsable();
    if (syncedIndex == end.index()) {
      return;
    }
    write();
    try {
      if (options.force()) {
        current.file().force();
      }
    } catch (IOException e) {
      throw failed("cannot sync the order log", e);
    }
    syncedIndex = end.index();
  }

  /** Writes what is pending; a batch that crosses segments goes in parts. */
  private void write() {
    try {
      pending.flip();
      int limit = pending.limit();
      while (pending.hasRemaining()) {
        leaveFull();
        long offset = current.offset(writtenIndex + 1);
        int bytes = (int) Math.min(limit - pending.position(), options.segmentBytes() - offset);
        if (offset + bytes == options.segmentBytes()) {
          segments.create(writtenIndex + 1 + bytes / RecordFormat.BYTES);
        }
        zeroFill(current, offset + bytes);
        pending.limit(pending.position() + bytes);
        current.file().write(pending, offset);
        pending.limit(limit);
        writtenIndex += bytes / RecordFormat.BYTES;
      }
      pending.clear();
    } catch (IOException e) {
      throw failed("cannot write the order log", e);
    }
  }

  /** Goes on in the next segment when the current one is full; that one is synced before. */
  private void leaveFull() throws IOException {
    long next = writtenIndex + 1;
    if (current.offset(next) < options.segmentBytes()) {
      return;
    }
    if (options.force()) {
      current.file().force();
    }
    zeroedBytes = 0;
    current = segments.last().first() == next ? segments.last() : segments.create(next);
  }

  /** Zeros ahead of need, so that most syncs need not change the file's size. */
  private void zeroFill(Segment segment, long bytes) throws IOException {
    while (zeroedBytes < bytes) {
      long to = Math.min(zeroedBytes + options.sliceBytes(), options.segmentBytes());
      Segments.zero(segment, zeroedBytes, to, zeros);
      zeroedBytes = to;
    }
  }

  /**
   * First takes back the synced marks of what goes, then zeros it, then deletes the files behind
   * it: a crash between any two, or in the middle of one, must look like a torn tail and not like
   * damage.
   */
  @Override
  public void truncate(long lastKept) {
    requireUsable();
    Invariant.check(lastKept >= 0 && lastKept <= end.index(), "an index of the log", lastKept);
    if (lastKept == end.index()) {
      return;
    }
    if (damage != null) {
      cutDamage();
    }
    write();
    Entry last = lastKept == 0 ? null : read(lastKept);
    try {
      if (rules.contains(Rule.CLEAR_MARKS_BEFORE_TRUNCATING)) {
        reader.clearMarks(lastKept + 1, writtenIndex);
      }
      current = segments.holding(lastKept + 1);
      zeroedBytes = slotBytes(current);
      Segments.zero(current, current.offset(lastKept + 1), zeroedBytes, zeros);
      current.file().force();
      segments.deleteBehind(lastKept + 1);
    } catch (IOException e) {
      throw failed("cannot truncate the order log", e);
    }
    trades.truncated(lastKept);
    end = last == null ? Chain.EMPTY : Chain.endingWith(last);
    writtenIndex = lastKept;
    syncedIndex = lastKept;
  }

  private void requireUsable() {
    if (failed) {
      throw new StorageException("the order log has failed before and is not used any more");
    }
  }

  private StorageException failed(String what, IOException e) {
    failed = true;
    return new StorageException(what + " in " + segments.describe(segments.last()), e);
  }

  private static int slot(long index) {
    return (int) (index & (RECENT - 1));
  }

  /** Syncs, unless the log has failed, and closes the files. */
  @Override
  public void close() {
    try {
      if (!failed) {
        sync();
      }
    } finally {
      closeFiles();
    }
  }

  private void closeFiles() {
    try {
      segments.close();
    } catch (IOException e) {
      throw new StorageException("cannot close the order log", e);
    }
  }
}
