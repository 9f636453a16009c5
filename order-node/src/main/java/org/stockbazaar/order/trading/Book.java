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
 *
 * <p>Bounded: the stock that was traded longest ago leaves when there is one too many and the
 * catalog has its last trade; it comes back by a lookup that must have that, too.
 */
final class Book {
  /** Stocks in the book, unless more of them have trades that the catalog does not have yet. */
  static final int POSITIONS_MAX = 65_536;

  private static final float LOAD = 0.75f;

  /** In order of use. */
  private final Map<String, Position> positions = new LinkedHashMap<>(64, LOAD, true);

  /** Trades that wait for a stock, by its name. */
  private final Map<String, Deque<TradeRequest>> hydrations = new LinkedHashMap<>();

  private final Map<String, Long> listed = new TreeMap<>();
  private final int positionsMax;
  private long minimumIndex;
  private long leftIndex;
  private long appliedIndex;
  private int parked;

  /** A book for the epoch whose first entry is at {@code epochIndex}. */
  Book(long epochIndex) {
    this(epochIndex, POSITIONS_MAX);
  }

  Book(long epochIndex, int positionsMax) {
    minimumIndex = epochIndex;
    this.positionsMax = positionsMax;
  }

  Position get(String stock) {
    return positions.get(stock);
  }

  int parked() {
    return parked;
  }

  /** What the catalog must have applied to be asked for a stock that is not in the book. */
  long indexToAsk(String stock) {
    return Math.max(minimumIndex(stock), leftIndex);
  }

  /** The lowest index that the catalog must have applied to know this stock. */
  private long minimumIndex(String stock) {
    return Math.max(minimumIndex, listed.getOrDefault(stock, 0L));
  }

  /** Keeps a trade until its stock is known; true when the catalog is to be asked. */
  boolean park(TradeRequest request) {
    parked++;
    String stock = request.trade().stock();
    boolean ask = !hydrations.containsKey(stock);
    hydrations.computeIfAbsent(stock, name -> new ArrayDeque<>()).addLast(request);
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
    Deque<TradeRequest> requests = hydrations.remove(stock);
    if (requests == null) {
      return List.of();
    }
    parked -= requests.size();
    return requests;
  }

  /** Takes all trades that wait. */
  Collection<TradeRequest> unparkAll() {
    var all = new ArrayDeque<TradeRequest>();
    hydrations.values().forEach(all::addAll);
    hydrations.clear();
    parked = 0;
    return all;
  }

  void enter(Stock stock) {
    positions.put(stock.name(), new Position(stock));
    if (positions.size() > positionsMax) {
      Position eldest = positions.values().iterator().next();
      if (eldest.lastIndex() <= appliedIndex) {
        leftIndex = Math.max(leftIndex, eldest.lastIndex());
        positions.values().remove(eldest);
      }
    }
  }

  int size() {
    return positions.size();
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
    appliedIndex = index;
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
