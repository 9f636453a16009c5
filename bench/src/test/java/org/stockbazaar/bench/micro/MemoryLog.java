package org.stockbazaar.bench.micro;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Entry;

/**
 * An order log that has room for the newest entries only and makes older ones up: their keys are
 * those of the samples, nothing else of them is true. So millions can be appended in little memory.
 */
final class MemoryLog implements Log {
  private static final int KEPT = 4096;

  private final Entry[] kept = new Entry[KEPT];
  private Entry last;
  private long trades;
  private long syncedIndex;

  void sync() {
    syncedIndex = lastIndex();
  }

  @Override
  public long lastIndex() {
    return last == null ? 0 : last.index();
  }

  @Override
  public long lastEpoch() {
    return last == null ? 0 : last.epoch();
  }

  @Override
  public int lastChecksum() {
    return last == null ? 0 : last.checksum();
  }

  @Override
  public long nextNumber() {
    return last == null ? 0 : last.nextNumber();
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
    Entry entry = kept[slot(index)];
    return entry.index() == index
        ? entry
        : Samples.entry(index, 0, index - lastIndex() + trades, Samples.name(index));
  }

  @Override
  public List<Entry> read(long from, int countMax) {
    int count = (int) Math.max(0, Math.min(countMax, lastIndex() - from + 1));
    var entries = new ArrayList<Entry>(count);
    for (int i = 0; i < count; i++) {
      entries.add(read(from + i));
    }
    return entries;
  }

  @Override
  public long indexOf(long number) {
    return number < 0 || number >= trades ? 0 : number + 1 + lastIndex() - trades;
  }

  @Override
  public void append(Entry entry) {
    Invariant.check(entry.index() == lastIndex() + 1, "an entry is the next one", entry);
    kept[slot(entry.index())] = entry;
    last = entry;
    trades = entry.nextNumber();
  }

  @Override
  public void truncate(long lastKept) {
    throw new UnsupportedOperationException("nobody contradicts this log");
  }

  @Override
  public long syncedIndex() {
    return syncedIndex;
  }

  private static int slot(long index) {
    return (int) index & (KEPT - 1);
  }
}
