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
 *
 * <p>A view that began from a fuzzy checkpoint is not whole at first: a stock may be ahead of the
 * index, and then skips the entries that it contains.
 */
public final class View {
  private static final String ALL = "";
  private static final int PAGE = 1_000;

  private final Table table;
  private long index;
  private int checksum;
  private long digest;
  private List<Basis.Mark> marks;
  private int marksPassed;
  private long wholeIndex;

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

  /** The view that {@code table} holds. */
  public View(Table table, Basis basis) {
    this.table = table;
    begin(basis);
  }

  private void begin(Basis basis) {
    index = basis.index();
    checksum = basis.checksum();
    digest = basis.digest();
    marks = basis.marks();
    wholeIndex = basis.wholeIndex();
    marksPassed = 0;
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

  /** Whether no stock is ahead of the index. */
  public boolean isWhole() {
    return index >= wholeIndex;
  }

  /** The index from which on it is whole. */
  public long wholeIndex() {
    return wholeIndex;
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

  /** Begins again from the newest checkpoint that was not tried yet, or at index 0. */
  public void beginOlder() {
    begin(table.older());
  }

  /** Empties the view: it begins again at index 0, and nothing that came from it is kept. */
  public void clear() {
    table.clear();
    begin(Basis.EMPTY);
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
    passMarks(entry);
    if (changed != null) {
      listener.changed(index, changed.equals(ALL) ? null : changed);
    }
  }

  /** The stocks of a slice are this log's only if the log has the entry that the slice saw last. */
  private void passMarks(Entry entry) {
    while (marksPassed < marks.size() && marks.get(marksPassed).index() <= index) {
      Basis.Mark mark = marks.get(marksPassed++);
      if (mark.index() == index && mark.checksum() != checksum) {
        throw new CorruptionException(entry, "the checkpoint is of a log with another entry here");
      }
    }
  }

  private String list(Entry entry) {
    Stock there = table.get(entry.stock());
    if (contains(there, entry)) {
      return entry.stock();
    }
    if (there != null) {
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
    table.add(stock, entry.quantity());
    digest += StockDigest.of(stock);
    return entry.stock();
  }

  private String trade(Entry entry) {
    Stock stock = table.get(entry.stock());
    if (stock == null) {
      throw new CorruptionException(entry, "the stock is not listed");
    }
    if (!contains(stock, entry)) {
      long quantity = stock.quantity() + entry.side().signed(entry.quantity());
      if (quantity < 0) {
        throw new CorruptionException(entry, "it leaves " + quantity + " shares");
      }
      replace(stock, quantity, stock.volume() + entry.quantity(), entry.index());
    }
    return entry.stock();
  }

  private String reset(long at) {
    List<Stock> page = table.after("", PAGE);
    while (!page.isEmpty()) {
      for (Stock stock : page) {
        if (stock.lastIndex() < at) {
          replace(stock, table.listedQuantity(stock.name()), 0, at);
        }
      }
      page = table.after(page.get(page.size() - 1).name(), PAGE);
    }
    return ALL;
  }

  /** Only in a view that is not whole a stock can be ahead. */
  private static boolean contains(Stock stock, Entry entry) {
    return stock != null && stock.lastIndex() >= entry.index();
  }

  private void replace(Stock old, long quantity, long volume, long at) {
    var stock = new Stock(old.name(), old.priceCents(), quantity, volume, old.volumeMax(), at);
    table.replace(stock);
    digest += StockDigest.of(stock) - StockDigest.of(old);
  }
}
