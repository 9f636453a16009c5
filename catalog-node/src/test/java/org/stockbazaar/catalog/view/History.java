package org.stockbazaar.catalog.view;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Entry.Kind;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Side;

/** A log of one leader, for feeding a catalog. */
public final class History {
  private final List<Entry> entries = new ArrayList<>();
  private long epoch;

  public History(long epoch) {
    this.epoch = epoch;
    add(Kind.EPOCH, null, 0, 0, 0, "");
  }

  private void add(Kind kind, Side side, long quantity, long price, long max, String stock) {
    Entry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
    long index = entries.size() + 1L;
    long next = (last == null ? 0 : last.nextNumber()) + (kind == Kind.TRADE ? 1 : 0);
    int previous = last == null ? 0 : last.checksum();
    var bare =
        new Entry(index, epoch, kind, next, 0, Key.NONE, side, quantity, price, max, stock, 0);
    entries.add(EntryCodec.sealed(previous, bare));
  }

  public History list(String stock, long quantity) {
    add(Kind.LIST, null, quantity, 1599, 0, stock);
    return this;
  }

  public History trade(Side side, long quantity, String stock) {
    add(Kind.TRADE, side, quantity, 0, 0, stock);
    return this;
  }

  /** From here on another leader's. */
  History epoch(long next) {
    epoch = next;
    add(Kind.EPOCH, null, 0, 0, 0, "");
    return this;
  }

  public History reset() {
    add(Kind.RESET, null, 0, 0, 0, "");
    return this;
  }

  public long last() {
    return entries.size();
  }

  public int checksumAt(long index) {
    return index == 0 ? 0 : entries.get((int) index - 1).checksum();
  }

  /** The entries behind {@code previous} up to {@code to}, from a confirmed leader. */
  public Apply apply(long previous, long to) {
    return apply(previous, to, true);
  }

  public Apply apply(long previous, long to, boolean confirmed) {
    return apply(previous, to, to, confirmed);
  }

  /** The same from a leader that has committed more. */
  Apply apply(long previous, long to, long commitIndex) {
    return apply(previous, to, commitIndex, true);
  }

  private Apply apply(long previous, long to, long commitIndex, boolean confirmed) {
    return new Apply(
        epoch,
        1,
        confirmed,
        previous,
        checksumAt(previous),
        commitIndex,
        List.copyOf(entries.subList((int) previous, (int) to)));
  }
}
