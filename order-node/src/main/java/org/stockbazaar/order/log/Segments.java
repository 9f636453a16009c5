package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.order.log.Storage.StorageFile;
import org.stockbazaar.protocol.invariant.Invariant;

/**
 * The files of a log, in index order. Each is named by its first index and holds the slots up to
 * the next one's first index; the last one is open-ended. Knows slots, not what is in them.
 */
final class Segments implements AutoCloseable {
  /** One file. */
  record Segment(long first, String name, StorageFile file) {
    long offset(long index) {
      return (index - first) * RecordFormat.BYTES;
    }
  }

  private final Storage storage;
  private final List<Segment> list = new ArrayList<>();

  private Segments(Storage storage) {
    this.storage = storage;
  }

  /** Opens all files that are segments. */
  static Segments open(Storage storage) throws IOException {
    var segments = new Segments(storage);
    var firsts = new ArrayList<Long>();
    for (String name : storage.list()) {
      long first = RecordFormat.firstIndex(name);
      if (first > 0) {
        firsts.add(first);
      }
    }
    firsts.sort(null);
    for (long first : firsts) {
      String name = RecordFormat.segmentName(first);
      segments.list.add(new Segment(first, name, storage.open(name)));
    }
    return segments;
  }

  List<Segment> list() {
    return list;
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  Segment last() {
    return list.get(list.size() - 1);
  }

  /** The segment that has the slot of {@code index}. */
  Segment holding(long index) {
    return list.get(position(index));
  }

  /** The first index behind the segment that has the slot of {@code index}. */
  long endOf(long index) {
    int next = position(index) + 1;
    return next < list.size() ? list.get(next).first() : Long.MAX_VALUE;
  }

  private int position(long index) {
    int low = 0;
    int high = list.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (list.get(middle).first() <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Invariant.check(!list.isEmpty() && list.get(low).first() <= index, "a slot's file", index);
    return low;
  }

  /** Appends a segment, durably: a synced entry is of no use in a file without a name. */
  Segment create(long first) throws IOException {
    String name = RecordFormat.segmentName(first);
    var segment = new Segment(first, name, storage.open(name));
    storage.syncDirectory();
    list.add(segment);
    return segment;
  }

  /** Deletes the segments that begin behind {@code index}, the last one first. */
  void deleteBehind(long index) throws IOException {
    boolean deleted = false;
    while (!list.isEmpty() && last().first() > index) {
      Segment segment = list.remove(list.size() - 1);
      segment.file().close();
      storage.delete(segment.name());
      deleted = true;
    }
    if (deleted) {
      storage.syncDirectory();
    }
  }

  /**
   * Reads at most {@code countMax} slots from {@code index} on, as many as {@code into} has room
   * for and lie in the same segment; what is behind the file's end is zeros. They are then between
   * 0 and the limit of {@code into}.
   */
  void read(long index, ByteBuffer into, long countMax) throws IOException {
    Segment segment = holding(index);
    long room = into.capacity() / RecordFormat.BYTES;
    long slots = Math.min(Math.min(room, countMax), endOf(index) - index);
    into.clear().limit((int) slots * RecordFormat.BYTES);
    segment.file().read(into, segment.offset(index));
    while (into.hasRemaining()) {
      into.put((byte) 0);
    }
    into.flip();
  }

  /** Overwrites bytes {@code from} to {@code to} of the segment with zeros. */
  static void zero(Segment segment, long from, long to, ByteBuffer zeros) throws IOException {
    for (long at = from; at < to; at += zeros.capacity()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
      segment.file().write(zeros, at);
    }
  }

  String describe(Segment segment) {
    return storage.describe(segment.name());
  }

  /** Names a record to people. */
  String describe(long index) {
    if (list.isEmpty() || index < list.get(0).first()) {
      return "index " + index + ", of which there is no file";
    }
    Segment segment = holding(index);
    return "index " + index + ", at offset " + segment.offset(index) + " of " + describe(segment);
  }

  @Override
  public void close() throws IOException {
    for (Segment segment : list) {
      segment.file().close();
    }
  }
}
