package org.stockbazaar.order.replication;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Entry;

/** A log in memory that forgets what was not synced when its node crashes. */
public final class MemoryLog implements Log {
  private final List<Entry> entries = new ArrayList<>();
  private long syncedIndex;

  /** Everything appended is durable from now on. */
  public void sync() {
    syncedIndex = lastIndex();
  }

  /** The node crashes. */
  public void crash() {
    entries.subList((int) syncedIndex, entries.size()).clear();
  }

  @Override
  public long lastIndex() {
    return entries.size();
  }

  @Override
  public long lastEpoch() {
    return epochAt(lastIndex());
  }

  @Override
  public int lastChecksum() {
    return checksumAt(lastIndex());
  }

  @Override
  public long nextNumber() {
    return entries.isEmpty() ? 0 : read(lastIndex()).nextNumber();
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
  public Entry read(long index) {
    return entries.get((int) index - 1);
  }

  @Override
  public List<Entry> read(long from, int countMax) {
    int end = (int) Math.min(lastIndex(), from - 1 + countMax);
    return List.copyOf(entries.subList((int) from - 1, end));
  }

  @Override
  public long indexOf(long number) {
    for (Entry entry : entries) {
      if (entry.kind() == Entry.Kind.TRADE && entry.number() == number) {
        return entry.index();
      }
    }
    return 0;
  }

  @Override
  public void append(Entry entry) {
    boolean follows =
        Chain.follows(
            lastIndex(), lastEpoch(), lastChecksum(), nextNumber(), Long.MAX_VALUE, List.of(entry));
    Invariant.check(follows, "an entry follows the last one", entry);
    entries.add(entry);
  }

  @Override
  public void truncate(long lastKept) {
    entries.subList((int) lastKept, entries.size()).clear();
    syncedIndex = lastKept;
  }

  @Override
  public long syncedIndex() {
    return syncedIndex;
  }
}
