package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/**
 * What all users together have been told so far. What one was told, no other may be told to be
 * otherwise, whichever gateway he asks; and all of it must be committed.
 */
final class Facts {
  private final World world;
  private final Truth truth;
  private final Machine.Failures failures;
  private final Map<String, Long> known = new TreeMap<>();
  private final BitSet numbers = new BitSet();
  private final Map<Key, Order> orders = new LinkedHashMap<>();
  private final List<Missed> missed = new ArrayList<>();
  private final History history;

  private record Missed(long number, long call, long reply) {}

  /** One key and all that was sent and heard under it. */
  static final class Order {
    final Key key;
    final Side side;
    final long quantity;
    final String stock;
    final long calledNanos;

    /** What was known of the stock when the key was used first. */
    final long knownBefore;

    long number = -1;
    long answeredNanos;

    /** Attempts that may have happened, or may yet. */
    int open;

    Order(Key key, Side side, long quantity, String stock, long calledNanos, long knownBefore) {
      this.key = key;
      this.side = side;
      this.quantity = quantity;
      this.stock = stock;
      this.calledNanos = calledNanos;
      this.knownBefore = knownBefore;
    }

    boolean isAnswered() {
      return number >= 0;
    }
  }

  Facts(World world, Truth truth, Machine.Failures failures) {
    this.world = world;
    this.truth = truth;
    this.failures = failures;
    history = new History(truth);
  }

  /** The newest entry that anybody knows to have changed the stock, 0 for none. */
  long known(String stock) {
    return known.getOrDefault(stock, 0L);
  }

  boolean isKnown(long number) {
    return numbers.get((int) number);
  }

  Order order(Key key, Side side, long quantity, String stock) {
    var order = new Order(key, side, quantity, stock, world.nowNanos(), known(stock));
    orders.put(key, order);
    return order;
  }

  /** All keys that were used. */
  List<Order> orders() {
    return List.copyOf(orders.values());
  }

  private void learned(String stock, long index) {
    known.merge(stock, index, Math::max);
  }

  // ---- answers ---------------------------------------------------------------------------------

  /** A user who asked at {@code calledNanos}, when {@code knownThen}, is shown this. */
  void shown(Stock stock, long knownThen, long calledNanos) {
    Truth.Course course = truth.course(stock.name());
    int place = course == null ? -1 : course.place(stock.lastIndex());
    Truth.Point point = place < 0 ? null : course.points.get(place);
    if (point == null
        || point.index() != stock.lastIndex()
        || point.quantity() != stock.quantity()
        || point.volume() != stock.volume()) {
      wrong("shown, and not what is committed: " + stock + ", there is " + point);
    } else if (stock.lastIndex() < knownThen) {
      wrong("shown, and older than index " + knownThen + " that was known before: " + stock);
    }
    learned(stock.name(), stock.lastIndex());
    history.looked(stock, calledNanos, world.nowNanos());
  }

  /** The stock was said not to be there. */
  void missed(String stock, long knownThen) {
    if (knownThen > 0) {
      wrong(stock + " is said not to be there, and was known before");
    }
  }

  /** The order was answered with a number. */
  void traded(Order order, long number) {
    Entry entry = truth.trade(number);
    if (entry == null || !entry.key().equals(order.key)) {
      wrong(
          "answered with number " + number + " and not committed so: " + order.key + ", " + entry);
      return;
    }
    if (!same(entry, order)) {
      wrong("answered as another order: " + entry);
    }
    if (entry.index() <= order.knownBefore) {
      wrong("happened before it was asked for: " + entry);
    }
    if (!order.isAnswered()) {
      order.number = number;
      order.answeredNanos = world.nowNanos();
    }
    numbers.set((int) number);
    learned(order.stock, entry.index());
  }

  private static boolean same(Entry entry, Order order) {
    return entry.stock().equals(order.stock)
        && entry.side() == order.side
        && entry.quantity() == order.quantity;
  }

  /** The order was refused; at some time since it was asked for that must have been right. */
  void refused(Order order, boolean forVolume, long knownThen, long calledNanos, boolean answered) {
    if (answered) {
      wrong("refused, and was answered with " + order.number + " before: " + order.key);
    }
    Truth.Course course = truth.course(order.stock);
    boolean right = false;
    for (int i = course == null ? 0 : Math.max(0, course.place(knownThen));
        course != null && i < course.points.size();
        i++) {
      Truth.Point point = course.points.get(i);
      right |=
          forVolume
              ? course.volumeMax > 0 && point.volume() + order.quantity > course.volumeMax
              : order.side == Side.BUY && point.quantity() < order.quantity;
    }
    if (!right) {
      wrong(
          "refused, and was never impossible: "
              + order.side
              + " "
              + order.quantity
              + " of "
              + order.stock
              + ", known index "
              + knownThen);
    }
    if (!forVolume) {
      history.refused(order.stock, order.quantity, calledNanos, world.nowNanos());
    }
  }

  /** The order's key is said to be another order's. */
  void reused(Order order) {
    Entry entry = truth.trade(order.key);
    if (entry == null || same(entry, order)) {
      wrong("its key is said to be used, and is not: " + order.key + ", " + entry);
    }
  }

  /** An order was looked up. */
  void found(Message.Order order, long asked, long calledNanos) {
    Entry entry = truth.trade(order.number());
    if (order.number() != asked
        || entry == null
        || !entry.stock().equals(order.stock())
        || entry.side() != order.side()
        || entry.quantity() != order.quantity()) {
      wrong("order " + asked + " is not what is committed: " + order + ", " + entry);
      return;
    }
    numbers.set((int) asked);
    history.known(entry, calledNanos, world.nowNanos());
    learned(entry.stock(), entry.index());
  }

  /** An order was said not to be there. */
  void notFound(long asked, boolean knownThen, long calledNanos) {
    missed.add(new Missed(asked, calledNanos, world.nowNanos()));
    if (knownThen) {
      wrong("order " + asked + " is said not to be there, and was known before");
    }
  }

  /** An answer that nobody should ever get. */
  void surprised(Problem.Kind kind) {
    wrong("an answer of kind " + kind);
  }

  // ---- at the end ------------------------------------------------------------------------------

  /** Nothing that was answered is lost, and nothing that surely did not happen has. */
  void checkOrders() {
    for (Order order : orders.values()) {
      Entry entry = truth.trade(order.key);
      if (order.isAnswered() && (entry == null || entry.number() != order.number)) {
        wrong("answered, and lost: " + order.key + " with number " + order.number);
      } else if (!order.isAnswered() && order.open == 0 && entry != null) {
        wrong("surely did not happen, and has: " + entry);
      }
    }
  }

  /** Holds each stock's history against the model of a stock. */
  void checkHistory() {
    for (Order order : orders.values()) {
      Entry entry = truth.trade(order.key);
      if (entry != null) {
        history.sent(order.stock, entry, order.calledNanos);
        if (order.isAnswered()) {
          history.known(entry, order.calledNanos, order.answeredNanos);
        }
      }
    }
    for (Missed one : missed) {
      Entry entry = truth.trade(one.number);
      if (entry != null) {
        history.missing(entry, one.call, one.reply);
      }
    }
    String offence = history.offence();
    if (offence != null) {
      wrong(offence);
    }
  }

  private void wrong(String rule) {
    failures.violated(rule, null);
  }
}
