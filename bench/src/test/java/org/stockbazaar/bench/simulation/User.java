package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.stockbazaar.gateway.http.Market;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/**
 * One who looks stocks up, trades, repeats and asks for orders, one thing after the other, through
 * any gateway. He knows everything that any user was ever told, and compares.
 */
final class User {
  private static final long NOTICE_NANOS_MAX = 30 * World.MILLI;
  private static final int QUANTITY_MAX = 12;

  private final World world;
  private final Network network;
  private final Facts facts;
  private final Truth truth;
  private final Habits habits;
  private final SplittableRandom chance;
  private final int favourite;
  private boolean going = true;
  private int pending;
  private long asked;
  private final List<Attempt<?>> attempts = new ArrayList<>();

  /** Where and what users trade, and how patient they are. */
  record Habits(List<GatewayMachine> gateways, List<String> stocks, long thinkNanosMax) {}

  User(World world, Network network, Truth truth, Facts facts, Habits habits) {
    this.world = world;
    this.network = network;
    this.truth = truth;
    this.facts = facts;
    this.habits = habits;
    chance = world.chance();
    // Some stay with a gateway: they go on while those wait who asked one that is cut off.
    favourite = chance.nextBoolean() ? chance.nextInt(habits.gateways.size()) : -1;
    think();
  }

  /** Begins nothing new. */
  void rest() {
    going = false;
  }

  boolean isIdle() {
    return pending == 0;
  }

  /** How many requests were sent. */
  long asked() {
    return asked;
  }

  private void think() {
    world.at(world.nowNanos() + chance.nextLong(habits.thinkNanosMax), this::next);
  }

  private void next() {
    if (!going) {
      return;
    }
    switch (chance.nextInt(20)) {
      case 0 -> browse();
      case 1, 2, 3, 4 -> find();
      case 5, 6 -> repeat();
      case 7, 8, 9, 10, 11, 12 -> trade();
      default -> lookup(stock(), any());
    }
  }

  private String stock() {
    return habits.stocks.get(chance.nextInt(habits.stocks.size()));
  }

  private GatewayMachine any() {
    if (favourite >= 0) {
      return habits.gateways.get(favourite);
    }
    return habits.gateways.get(chance.nextInt(habits.gateways.size()));
  }

  // ---- what he does ----------------------------------------------------------------------------

  /** Looks a stock up; what comes back is compared. */
  void lookup(String stock, GatewayMachine gateway) {
    long knownThen = facts.known(stock);
    long calledNanos = world.nowNanos();
    send(
        gateway,
        (to, outcome) -> to.stock(stock, gateway.clockNanos(), outcome),
        new Ending<Quote>(
            found -> facts.shown(found.stock(), knownThen, calledNanos),
            problem -> {
              if (problem == Kind.STOCK_NOT_FOUND) {
                facts.missed(stock, knownThen);
              } else {
                expect(problem, Kind.UNAVAILABLE, Kind.OVERLOADED);
              }
            }));
  }

  /** A trade and a lookup while nothing is wrong: they must not fail. */
  void prove(String stock, GatewayMachine gateway) {
    var order = facts.order(new Key(chance.nextLong(), chance.nextLong()), Side.SELL, 1, stock);
    long calledNanos = world.nowNanos();
    long knownThen = facts.known(stock);
    this.<Long>send(
        gateway,
        (to, outcome) -> to.trade(order.key, order.side, order.quantity, stock, outcome),
        new Ending<>(number -> facts.traded(order, number), facts::surprised));
    this.<Quote>send(
        gateway,
        (to, outcome) -> to.stock(stock, gateway.clockNanos(), outcome),
        new Ending<>(
            found -> facts.shown(found.stock(), knownThen, calledNanos), facts::surprised));
  }

  private void browse() {
    List<Long> knownThen = new ArrayList<>();
    habits.stocks.forEach(stock -> knownThen.add(facts.known(stock)));
    long calledNanos = world.nowNanos();
    this.<Message.Page>send(
        any(),
        (to, outcome) -> to.stocks("", 100, outcome),
        new Ending<>(
            page -> {
              for (int i = 0; i < habits.stocks.size(); i++) {
                compare(page, habits.stocks.get(i), knownThen.get(i), calledNanos);
              }
            },
            problem -> expect(problem, Kind.UNAVAILABLE, Kind.OVERLOADED)));
  }

  private void compare(Message.Page page, String name, long knownThen, long calledNanos) {
    for (Stock stock : page.stocks()) {
      if (stock.name().equals(name)) {
        facts.shown(stock, knownThen, calledNanos);
        return;
      }
    }
    facts.missed(name, knownThen);
  }

  private void find() {
    long count = truth.tradeCount();
    // Of the newest ones more often: about them answers may contradict each other.
    long any = chance.nextLong(count + 2);
    // Of the newest ones more often: about them answers may contradict each other.
    long number = chance.nextBoolean() ? any : Math.max(any, count - chance.nextLong(3));
    boolean knownThen = facts.isKnown(number);
    long calledNanos = world.nowNanos();
    this.<Message.Order>send(
        any(),
        (to, outcome) -> to.order(number, outcome),
        new Ending<>(
            order -> facts.found(order, number, calledNanos),
            problem -> {
              if (problem == Kind.ORDER_NOT_FOUND) {
                facts.notFound(number, knownThen, calledNanos);
              } else {
                expect(problem, Kind.UNAVAILABLE, Kind.OVERLOADED);
              }
            }));
  }

  private void trade() {
    Side side = chance.nextBoolean() ? Side.BUY : Side.SELL;
    var key = new Key(chance.nextLong(), chance.nextLong());
    String stock = stock();
    var order = facts.order(key, side, quantity(side, stock), stock);
    trade(order, any());
    if (chance.nextInt(8) == 0) {
      trade(order, any());
    }
  }

  /** Some buy about all that there is: what is refused then tells whether the books are right. */
  private long quantity(Side side, String stock) {
    Truth.Course course = truth.course(stock);
    if (side == Side.BUY && course != null && chance.nextInt(3) == 0) {
      return Math.max(1, course.last().quantity() + chance.nextInt(-3, 4));
    }
    return 1L + chance.nextInt(QUANTITY_MAX);
  }

  /** Uses a key of anybody again, for the same order or for another one. */
  private void repeat() {
    List<Facts.Order> orders = facts.orders();
    if (orders.isEmpty()) {
      trade();
      return;
    }
    int newest = Math.min(orders.size(), 30);
    var order = orders.get(orders.size() - 1 - chance.nextInt(newest));
    if (order.isAnswered() && chance.nextInt(4) == 0) {
      reuse(order);
    } else if (order.isAnswered() || order.open > 0) {
      trade(order, any());
    } else {
      trade();
    }
  }

  private void reuse(Facts.Order order) {
    var other =
        new Facts.Order(
            order.key, order.side, order.quantity + 1, order.stock, world.nowNanos(), 0);
    this.<Long>send(
        any(),
        (to, outcome) -> to.trade(other.key, other.side, other.quantity, other.stock, outcome),
        new Ending<>(
            number -> facts.traded(other, number),
            problem -> {
              if (problem == Kind.KEY_REUSED) {
                facts.reused(other);
              } else {
                expect(problem, Kind.UNAVAILABLE, Kind.OVERLOADED, Kind.OUTCOME_UNKNOWN, null);
              }
            }));
  }

  /** Sends an order, for the first time or again under its key. */
  void trade(Facts.Order order, GatewayMachine gateway) {
    long knownThen = facts.known(order.stock);
    long calledNanos = world.nowNanos();
    boolean answered = order.isAnswered();
    order.open++;
    this.<Long>send(
        gateway,
        (to, outcome) -> to.trade(order.key, order.side, order.quantity, order.stock, outcome),
        new Ending<>(
            number -> {
              order.open--;
              facts.traded(order, number);
            },
            problem -> traded(order, problem, knownThen, calledNanos, answered)));
  }

  private void traded(
      Facts.Order order, Kind problem, long knownThen, long calledNanos, boolean answered) {
    if (problem == null || problem == Kind.OUTCOME_UNKNOWN) {
      // It stays open: it may have happened.
      again(order);
      return;
    }
    order.open--;
    switch (problem) {
      case QUANTITY_INSUFFICIENT -> {
        facts.refused(order, false, knownThen, calledNanos, answered);
        lookup(order.stock, any());
      }
      case VOLUME_LIMIT -> facts.refused(order, true, knownThen, calledNanos, answered);
      case STOCK_NOT_FOUND -> facts.missed(order.stock, knownThen);
      case UNAVAILABLE, OVERLOADED -> again(order);
      default -> expect(problem);
    }
  }

  private void again(Facts.Order order) {
    if (going && chance.nextInt(4) != 0) {
      trade(order, any());
    }
  }

  private void expect(Kind problem, Kind... expected) {
    for (Kind one : expected) {
      if (problem == one) {
        return;
      }
    }
    if (problem != null) {
      facts.surprised(problem);
    }
  }

  // ---- his connections -------------------------------------------------------------------------

  /** What to do with an answer; a problem of null is a connection that was lost. */
  private record Ending<T>(Consumer<T> found, Consumer<Kind> failed) {}

  /** One request to one life of a gateway. */
  private final class Attempt<T> implements Outcome<T> {
    final GatewayMachine gateway;
    private final Ending<T> ending;
    private boolean over;

    Attempt(GatewayMachine gateway, Ending<T> ending) {
      this.gateway = gateway;
      this.ending = ending;
    }

    @Override
    public void found(T value) {
      answer(() -> ending.found.accept(value));
    }

    @Override
    public void failed(Problem problem) {
      answer(() -> ending.failed.accept(problem.kind()));
    }

    private void answer(Runnable told) {
      gateway.answered();
      world.at(gateway.localNanos() + network.delayNanos(), () -> end(told));
    }

    private void end(Runnable told) {
      if (!over) {
        over = true;
        attempts.remove(this);
        pending--;
        told.run();
        if (pending == 0) {
          think();
        }
      }
    }

    void lost() {
      long notice = world.nowNanos() + chance.nextLong(NOTICE_NANOS_MAX);
      world.at(notice, () -> end(() -> ending.failed.accept(null)));
    }
  }

  private <T> void send(
      GatewayMachine gateway, BiConsumer<Market, Outcome<T>> request, Ending<T> ending) {
    pending++;
    asked++;
    var attempt = new Attempt<>(gateway, ending);
    attempts.add(attempt);
    if (gateway.isUp()) {
      long arrives = world.nowNanos() + network.delayNanos();
      gateway.ask(arrives, to -> request.accept(to, attempt), attempt::lost);
    } else {
      attempt.lost();
    }
  }

  /** A gateway's process is gone: its connections break. */
  void died(GatewayMachine gateway) {
    for (Attempt<?> attempt : List.copyOf(attempts)) {
      if (attempt.gateway == gateway) {
        attempt.lost();
      }
    }
  }
}
