package org.stockbazaar.catalog.view;

import java.util.List;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Stock;

/** A table in a tree. */
final class TreeTable implements Table {
  private final TreeMap<String, Stock> stocks = new TreeMap<>();
  private final TreeMap<String, Long> listed = new TreeMap<>();
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
  public void put(Stock stock, long listedQuantity) {
    stocks.put(stock.name(), stock);
    listed.put(stock.name(), listedQuantity);
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

  @Override
  public void clear() {
    stocks.clear();
    listed.clear();
  }
}
