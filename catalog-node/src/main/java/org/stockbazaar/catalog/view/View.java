package org.stockbazaar.catalog.view;

import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/**
 * The stocks as the order log up to an index makes them. Entries are applied in index order, each
 * exactly once: what is applied already is skipped, a gap or another history changes nothing.
 */
public final class View {
  private static final String ALL = "";
  private static final int PAGE = 1_000;

  private final Table table;
  private long index;
  private int checksum;
  private long digest;

  /** Hears what was applied. */
  @FunctionalInterface
  public interface Listener {
    /**
     * The entry at {@code index} was applied.
     *
     * @param stock the stock that it changed; null when it changed all of them
     */
    void changed(long index, String stock);
  }

  /** The view that {@code table} holds, which is the log's up to {@code index}. */
  public View(Table table, long index, int checksum, long digest) {
    this.table = table;
    this.index = index;
    this.checksum = checksum;
    this.digest = digest;
  }

  /** Last applied index. */
  public long index() {
    return index;
  }

  /** Checksum of the entry there. */
  public int checksum() {
    return checksum;
  }

  /** Sum of the stocks' digests, modulo 2^64. */
  public long digest() {
    return digest;
  }

  /** The stock, released or not; null when there is none. */
  public Stock get(String name) {
    return table.get(name);
  }

  /** Stocks behind {@code name} in name order, released or not. */
  public List<Stock> after(String name, int limit) {
    return table.after(name, limit);
  }

  public long size() {
    return table.size();
  }

  public long capacity() {
    return table.capacity();
  }

  /** Empties the view: it begins again at index 0. */
  public void clear() {
    table.clear();
    index = 0;
    checksum = 0;
    digest = 0;
  }

  /**
   * Applies what is new.
   *
   * @return false when these entries do not follow on what is applied: a gap, another history, or
   *     entries that all lie before it, which show nothing of the log there
   * @throws CorruptionException when an entry cannot be true
   */
  public boolean apply(Apply apply, Listener listener) {
    long last = apply.previousIndex() + apply.entries().size();
    if (apply.previousIndex() > index || last < index) {
      return false;
    }
    if (apply.previousIndex() == index && apply.previousChecksum() != checksum) {
      return false;
    }
    for (Entry entry : apply.entries()) {
      if (entry.index() == index && entry.checksum() != checksum) {
        return false;
      }
      if (entry.index() > index) {
        apply(entry, listener);
      }
    }
    return true;
  }

  private void apply(Entry entry, Listener listener) {
    int expected = EntryCodec.checksum(checksum, entry);
    if (entry.index() != index + 1 || entry.checksum() != expected) {
      throw new CorruptionException(entry, "it does not follow on entry " + index);
    }
    String changed =
        switch (entry.kind()) {
          case EPOCH -> null;
          case LIST -> list(entry);
          case TRADE -> trade(entry);
          case RESET -> reset(entry.index());
        };
    index = entry.index();
    checksum = entry.checksum();
    if (changed != null) {
      listener.changed(index, changed.equals(ALL) ? null : changed);
    }
  }

  private String list(Entry entry) {
    if (table.get(entry.stock()) != null) {
      throw new CorruptionException(entry, "the stock is listed already");
    }
    if (table.size() >= table.capacity()) {
      throw new CatalogFullException(table.capacity());
    }
    var stock =
        new Stock(
            entry.stock(),
            entry.priceCents(),
            entry.quantity(),
            0,
            entry.volumeMax(),
            entry.index());
    table.put(stock, entry.quantity());
    digest += StockDigest.of(stock);
    return entry.stock();
  }

  private String trade(Entry entry) {
    Stock stock = table.get(entry.stock());
    if (stock == null) {
      throw new CorruptionException(entry, "the stock is not listed");
    }
    long quantity = stock.quantity() + entry.side().signed(entry.quantity());
    if (quantity < 0) {
      throw new CorruptionException(entry, "it leaves " + quantity + " shares");
    }
    replace(stock, quantity, stock.volume() + entry.quantity(), entry.index());
    return entry.stock();
  }

  private String reset(long at) {
    List<Stock> page = table.after("", PAGE);
    while (!page.isEmpty()) {
      for (Stock stock : page) {
        replace(stock, table.listedQuantity(stock.name()), 0, at);
      }
      page = table.after(page.get(page.size() - 1).name(), PAGE);
    }
    return ALL;
  }

  private void replace(Stock old, long quantity, long volume, long at) {
    var stock = new Stock(old.name(), old.priceCents(), quantity, volume, old.volumeMax(), at);
    table.put(stock, table.listedQuantity(old.name()));
    digest += StockDigest.of(stock) - StockDigest.of(old);
  }
}
