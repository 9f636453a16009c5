package org.stockbazaar.order.trading;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Stock;

/**
 * The leader's book: every stock that was traded in its epoch. A stock enters it by a lookup at the
 * catalog that has applied at least the leader's EPOCH entry; since the leader is the only writer,
 * it stays right from then on. Trades of a stock that is being looked up wait here.
 */
final class Book {
  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final Map<String, Hydration> hydrations = new LinkedHashMap<>();
  private final Map<String, Long> listed = new TreeMap<>();
  private long minimumIndex;
  private int parked;

  /** Trades that wait for one stock, and what the catalog must have applied for its answer. */
  private record Hydration(long minimumIndex, Deque<TradeRequest> requests) {}

  /** A book for the epoch whose first entry is at {@code epochIndex}. */
  Book(long epochIndex) {
    minimumIndex = epochIndex;
  }

  Position get(String stock) {
    return positions.get(stock);
  }

  int parked() {
    return parked;
  }

  /** The lowest index that the catalog must have applied to know this stock. */
  long minimumIndex(String stock) {
    return Math.max(minimumIndex, listed.getOrDefault(stock, 0L));
  }

  /** Keeps a trade until its stock is known; true when the catalog is to be asked. */
  boolean park(TradeRequest request) {
    parked++;
    String stock = request.trade().stock();
    Hydration hydration = hydrations.get(stock);
    boolean ask = hydration == null;
    if (ask) {
      hydration = new Hydration(minimumIndex(stock), new ArrayDeque<>());
      hydrations.put(stock, hydration);
    }
    hydration.requests.addLast(request);
    return ask;
  }

  /** Whether trades wait for this stock; else an answer about it comes too late to be true. */
  boolean isHydrating(String stock) {
    return hydrations.containsKey(stock);
  }

  /** Whether an answer to a lookup with this minimum is too old for the stock by now. */
  boolean isTooOld(String stock, long minimumAsked) {
    return minimumAsked < minimumIndex(stock);
  }

  /** Takes the trades that waited for this stock. */
  Collection<TradeRequest> unpark(String stock) {
    Hydration hydration = hydrations.remove(stock);
    if (hydration == null) {
      return List.of();
    }
    parked -= hydration.requests.size();
    return hydration.requests;
  }

  /** Takes all trades that wait. */
  Collection<TradeRequest> unparkAll() {
    var all = new ArrayDeque<TradeRequest>();
    hydrations.values().forEach(hydration -> all.addAll(hydration.requests));
    hydrations.clear();
    parked = 0;
    return all;
  }

  void enter(Stock stock) {
    positions.put(stock.name(), new Position(stock));
  }

  /** A stock was listed by the entry at {@code index}. */
  void listed(String stock, long index) {
    listed.put(stock, index);
  }

  /** Whether a LIST of this stock was logged behind {@code appliedIndex}. */
  boolean isListedBehind(String stock, long appliedIndex) {
    return listed.getOrDefault(stock, 0L) > appliedIndex;
  }

  /** The catalog has applied this: what it says of listings up to here is true. */
  void applied(long index) {
    if (!listed.isEmpty()) {
      listed.values().removeIf(listedAt -> listedAt <= index);
    }
  }

  /** RESET was logged at {@code index}: nothing that was known holds. */
  void reset(long index) {
    positions.clear();
    minimumIndex = index;
  }
}
