package org.stockbazaar.bench.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.Table;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/** The catalog's stocks in memory, over checkpoints that outlive the process. */
final class MemoryTable implements Table {
  private static final long CAPACITY = 1_000;
  private static final int KEPT = 2;

  private final TreeMap<String, Stock> stocks = new TreeMap<>();
  private final TreeMap<String, Long> listed = new TreeMap<>();
  private final Deque<List<Slice>> checkpoints;
  private final Deque<List<Slice>> untried;
  private List<Slice> tried;

  /** A stock as it was when a slice was taken; none at the end of a checkpoint. */
  record Slice(Basis.Mark mark, Stock stock, long listedQuantity) {}

  /** The checkpoints, the newest first; complete ones only. */
  MemoryTable(Deque<List<Slice>> checkpoints) {
    this.checkpoints = checkpoints;
    untried = new ArrayDeque<>(checkpoints);
  }

  void keep(List<Slice> checkpoint) {
    checkpoints.addFirst(checkpoint);
    while (checkpoints.size() > KEPT) {
      checkpoints.removeLast();
    }
  }

  @Override
  public Stock get(String name) {
    return stocks.get(name);
  }

  @Override
  public long listedQuantity(String name) {
    return listed.getOrDefault(name, 0L);
  }

  @Override
  public void add(Stock stock, long listedQuantity) {
    stocks.put(stock.name(), stock);
    listed.put(stock.name(), listedQuantity);
  }

  @Override
  public void replace(Stock stock) {
    stocks.put(stock.name(), stock);
  }

  @Override
  public long size() {
    return stocks.size();
  }

  @Override
  public long capacity() {
    return CAPACITY;
  }

  @Override
  public List<Stock> after(String name, int limit) {
    var page = new ArrayList<Stock>();
    for (Stock stock : stocks.tailMap(name, false).values()) {
      if (page.size() == limit) {
        break;
      }
      page.add(stock);
    }
    return page;
  }

  @Override
  public Basis older() {
    stocks.clear();
    listed.clear();
    if (tried != null) {
      checkpoints.remove(tried);
    }
    untried.retainAll(checkpoints);
    tried = untried.poll();
    if (tried == null) {
      return Basis.EMPTY;
    }
    long digest = 0;
    var marks = new ArrayList<Basis.Mark>();
    for (Slice slice : tried) {
      marks.add(slice.mark);
      if (slice.stock != null) {
        add(slice.stock, slice.listedQuantity);
        digest += StockDigest.of(slice.stock);
      }
    }
    Basis.Mark first = marks.get(0);
    return new Basis(first.index(), first.checksum(), digest, List.copyOf(marks));
  }

  @Override
  public void clear() {
    stocks.clear();
    listed.clear();
    checkpoints.clear();
    untried.clear();
    tried = null;
  }
}
