package org.stockbazaar.order.log;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/**
 * The stocks as the log alone says: quantity = listed − bought + sold, volume = bought + sold, both
 * since the last reset. Kept apart from the catalog's and the leader's arithmetic, to check both.
 */
final class Books {
  private static final class Line {
    final long priceCents;
    final long listed;
    final long volumeMax;
    long bought;
    long sold;
    long lastIndex;

    Line(Entry listing) {
      priceCents = listing.priceCents();
      listed = listing.quantity();
      volumeMax = listing.volumeMax();
      lastIndex = listing.index();
    }

    Stock stock(String name) {
      long quantity = listed - bought + sold;
      return new Stock(name, priceCents, quantity, bought + sold, volumeMax, lastIndex);
    }
  }

  private final SortedMap<String, Line> lines = new TreeMap<>();

  /** Enters an entry. Returns what is wrong with it, null when nothing is. */
  String enter(Entry entry) {
    return switch (entry.kind()) {
      case EPOCH -> null;
      case LIST -> list(entry);
      case TRADE -> trade(entry);
      case RESET -> reset(entry);
    };
  }

  private String list(Entry entry) {
    boolean known = lines.putIfAbsent(entry.stock(), new Line(entry)) != null;
    return known ? problem(entry, "lists what is listed already:") : null;
  }

  private String trade(Entry entry) {
    Line line = lines.get(entry.stock());
    if (line == null) {
      return problem(entry, "trades what is not listed:");
    }
    if (entry.quantity() < 1) {
      return problem(entry, "trades less than one share of");
    }
    if (entry.side() == Side.BUY) {
      line.bought += entry.quantity();
    } else {
      line.sold += entry.quantity();
    }
    line.lastIndex = entry.index();
    if (line.listed - line.bought + line.sold < 0) {
      return problem(entry, "buys more than there is of");
    }
    if (line.volumeMax > 0 && line.bought + line.sold > line.volumeMax) {
      return problem(entry, "goes beyond the largest volume, " + line.volumeMax + ", of");
    }
    return null;
  }

  private String reset(Entry entry) {
    for (Line line : lines.values()) {
      line.bought = 0;
      line.sold = 0;
      line.lastIndex = entry.index();
    }
    return null;
  }

  private static String problem(Entry entry, String what) {
    return "the entry of index " + entry.index() + " " + what + " " + entry.stock();
  }

  /** All stocks, in name order. */
  SortedMap<String, Stock> stocks() {
    var stocks = new TreeMap<String, Stock>();
    for (Map.Entry<String, Line> line : lines.entrySet()) {
      stocks.put(line.getKey(), line.getValue().stock(line.getKey()));
    }
    return Collections.unmodifiableSortedMap(stocks);
  }

  /** The digest that a catalog with these stocks has. */
  static long digest(SortedMap<String, Stock> stocks) {
    long digest = 0;
    for (Stock stock : stocks.values()) {
      digest += StockDigest.of(stock);
    }
    return digest;
  }
}
