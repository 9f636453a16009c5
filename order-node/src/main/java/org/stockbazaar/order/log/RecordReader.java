package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.order.log.Segments.Segment;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.MalformedException;

/**
 * Reads single stretches of a log from its files. Every record is verified against the checksum of
 * the one before it, so that what the disk garbled since the start is not served either.
 */
final class RecordReader {
  private static final int SLOTS = 1024;

  private final Segments segments;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SLOTS * RecordFormat.BYTES);

  RecordReader(Segments segments) {
    this.segments = segments;
  }

  /** At least one entry from {@code from} on, at most {@code countMax}, which all are written. */
  List<Entry> read(long from, int countMax) throws IOException {
    int previous = from == 1 ? 0 : storedChecksum(from - 1);
    segments.read(from, buffer, countMax);
    int count = buffer.limit() / RecordFormat.BYTES;
    var entries = new ArrayList<Entry>(count);
    for (int i = 0; i < count; i++) {
      buffer.position(i * RecordFormat.BYTES);
      Entry entry = verified(from + i, previous);
      entries.add(entry);
      previous = entry.checksum();
    }
    return entries;
  }

  private int storedChecksum(long index) throws IOException {
    segments.read(index, buffer, 1);
    return buffer.getInt(RecordFormat.CHECKSUM);
  }

  private Entry verified(long index, int previous) {
    int checksum = EntryCodec.checksum(previous, buffer);
    try {
      Entry entry = EntryCodec.decode(buffer);
      if (entry.index() == index && entry.checksum() == checksum) {
        return entry;
      }
    } catch (MalformedException e) {
      throw damaged(index);
    }
    throw damaged(index);
  }

  private StorageException damaged(long index) {
    return new StorageException(
        "the order log is damaged: the record of " + segments.describe(index) + " does not verify");
  }

  /** Takes back the synced marks of records {@code from} to {@code to}; durable on return. */
  void clearMarks(long from, long to) throws IOException {
    Segment dirty = null;
    for (long index = from; index <= to; ) {
      segments.read(index, buffer, to - index + 1);
      for (int at = 0; at < buffer.limit(); at += RecordFormat.BYTES) {
        buffer.putLong(at + RecordFormat.MARK, 0);
      }
      Segment segment = segments.holding(index);
      if (dirty != null && dirty.first() != segment.first()) {
        dirty.file().force();
      }
      dirty = segment;
      int count = buffer.limit() / RecordFormat.BYTES;
      segment.file().write(buffer, segment.offset(index));
      index += count;
    }
    if (dirty != null) {
      dirty.file().force();
    }
  }
}
