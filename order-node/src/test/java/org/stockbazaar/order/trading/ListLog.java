package org.stockbazaar.order.trading;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Entry.Kind;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Side;

/** A log in a list, synced at once. */
final class ListLog implements Log {
  private final List<Entry> entries = new ArrayList<>();

  Entry add(
      long epoch,
      Kind kind,
      Key key,
      Side side,
      long quantity,
      long price,
      long max,
      String stock) {
    long next = nextNumber() + (kind == Kind.TRADE ? 1 : 0);
    long index = lastIndex() + 1;
    var bare = new Entry(index, epoch, kind, next, 0, key, side, quantity, price, max, stock, 0);
    Entry entry = EntryCodec.sealed(lastChecksum(), bare);
    entries.add(entry);
    return entry;
  }

  Entry epoch(long epoch) {
    return add(epoch, Kind.EPOCH, Key.NONE, null, 0, 0, 0, "");
  }

  private Entry last() {
    return entries.get(entries.size() - 1);
  }

  @Override
  public long lastIndex() {
    return entries.size();
  }

  @Override
  public long lastEpoch() {
    return entries.isEmpty() ? 0 : last().epoch();
  }

  @Override
  public int lastChecksum() {
    return entries.isEmpty() ? 0 : last().checksum();
  }

  @Override
  public long nextNumber() {
    return entries.isEmpty() ? 0 : last().nextNumber();
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
    int first = (int) from - 1;
    return List.copyOf(entries.subList(first, Math.min(entries.size(), first + countMax)));
  }

  @Override
  public long indexOf(long number) {
    for (Entry entry : entries) {
      if (entry.kind() == Kind.TRADE && entry.number() == number) {
        return entry.index();
      }
    }
    return 0;
  }

  @Override
  public void append(Entry entry) {
    entries.add(entry);
  }

  @Override
  public void truncate(long lastKept) {
    while (entries.size() > lastKept) {
      entries.remove(entries.size() - 1);
    }
  }

  @Override
  public long syncedIndex() {
    return lastIndex();
  }
}
