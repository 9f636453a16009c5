package org.stockbazaar.catalog.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/** A table in a tree, with its checkpoints. */
final class TreeTable implements Table {
  private final TreeMap<String, Stock> stocks = new TreeMap<>();
  private final TreeMap<String, Long> listed = new TreeMap<>();
  private final Deque<List<Slice>> checkpoints = new ArrayDeque<>();
  private final long capacity;

  TreeTable(long capacity) {
    this.capacity = capacity;
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
    return capacity;
  }

  @Override
  public List<Stock> after(String name, int limit) {
    return stocks.tailMap(name, false).values().stream().limit(limit).toList();
  }

  /** Keeps a checkpoint whose slices are taken at once. */
  void keep(Slice... slices) {
    checkpoints.addFirst(List.of(slices));
  }

  /** Some stocks as they are now. */
  Slice slice(View view, String after, int count) {
    var mark = new Basis.Mark(view.index(), view.checksum());
    Map<Stock, Long> taken = new LinkedHashMap<>();
    for (Stock stock : after(after, count)) {
      taken.put(stock, listedQuantity(stock.name()));
    }
    return new Slice(mark, taken);
  }

  /** A part of a checkpoint. */
  record Slice(Basis.Mark mark, Map<Stock, Long> stocks) {}

  @Override
  public Basis older() {
    stocks.clear();
    listed.clear();
    List<Slice> slices = checkpoints.poll();
    if (slices == null) {
      return Basis.EMPTY;
    }
    slices.forEach(slice -> slice.stocks.forEach(this::add));
    long digest = stocks.values().stream().mapToLong(StockDigest::of).sum();
    Basis.Mark first = slices.get(0).mark;
    return new Basis(
        first.index(), first.checksum(), digest, slices.stream().map(Slice::mark).toList());
  }

  @Override
  public void clear() {
    stocks.clear();
    listed.clear();
    checkpoints.clear();
  }
}
