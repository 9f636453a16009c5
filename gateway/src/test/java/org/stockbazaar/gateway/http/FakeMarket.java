package org.stockbazaar.gateway.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/** A market in memory that trades by the rules; it can be told to fail, and to answer later. */
final class FakeMarket implements Market {
  final Map<String, Stock> stocks = new TreeMap<>();
  final List<Message.Order> orders = new ArrayList<>();
  final Map<Key, Long> numbers = new LinkedHashMap<>();
  final List<String> missing = new ArrayList<>();
  final ArrayDeque<Runnable> later = new ArrayDeque<>();
  final List<String> calls = new ArrayList<>();
  long askedNanos;
  boolean answersLater;
  Problem problem;
  RuntimeException fault;
  boolean failsOnUnknownStock;

  FakeMarket() {
    list(new Stock("BoarCo", 500, 100, 0, 1000, 2));
    list(new Stock("FishCo", 1005, 100, 0, 0, 3));
    list(new Stock("GameStart", 1599, 100, 0, 0, 1));
  }

  void list(Stock stock) {
    stocks.put(stock.name(), stock);
  }

  /** So many that a page of them is larger than what a session may leave unsent. */
  void listThousand() {
    for (int i = 0; i < 1000; i++) {
      list(new Stock(String.format("Stock%04d", i), 1599, 100, 0, 0, i));
    }
  }

  /** Gives the oldest outcome that is due. */
  void answerNext() {
    later.remove().run();
  }

  private void call(String what, Outcome<?> outcome, Runnable answer) {
    calls.add(what);
    if (fault != null) {
      throw fault;
    }
    Problem now = problem;
    Runnable told = now == null ? answer : () -> outcome.failed(now);
    if (answersLater) {
      later.add(told);
    } else {
      told.run();
    }
  }

  @Override
  public void stock(String name, long askedNanos, Outcome<Quote> outcome) {
    this.askedNanos = askedNanos;
    call(
        "stock " + name,
        outcome,
        () -> {
          Stock stock = stocks.get(name);
          if (stock == null && failsOnUnknownStock) {
            throw new IllegalStateException("planted");
          } else if (stock == null) {
            outcome.failed(new Problem(Problem.Kind.STOCK_NOT_FOUND, ""));
          } else {
            outcome.found(Quote.of(stock));
          }
        });
  }

  @Override
  public void stocks(String after, int limit, Outcome<Message.Page> outcome) {
    call(
        "stocks " + after + " " + limit,
        outcome,
        () -> {
          var page = new ArrayList<Stock>();
          boolean more = false;
          for (Stock stock : stocks.values()) {
            if (stock.name().compareTo(after) > 0) {
              more = page.size() == limit;
              if (more) {
                break;
              }
              page.add(stock);
            }
          }
          outcome.found(new Message.Page(page, more));
        });
  }

  @Override
  public void trade(Key key, Side side, long quantity, String stock, Outcome<Long> outcome) {
    call(
        "trade " + side.word() + " " + quantity + " " + stock,
        outcome,
        () -> {
          Long known = numbers.get(key);
          if (known != null) {
            repeat(known, side, quantity, stock, outcome);
          } else if (!stocks.containsKey(stock)) {
            outcome.failed(new Problem(Problem.Kind.STOCK_NOT_FOUND, ""));
          } else {
            fresh(key, side, quantity, stock, outcome);
          }
        });
  }

  private void repeat(long number, Side side, long quantity, String stock, Outcome<Long> outcome) {
    if (orders.get((int) number).equals(new Message.Order(number, side, quantity, stock))) {
      outcome.found(number);
    } else {
      outcome.failed(new Problem(Problem.Kind.KEY_REUSED, ""));
    }
  }

  private void fresh(Key key, Side side, long quantity, String name, Outcome<Long> outcome) {
    Stock old = stocks.get(name);
    if (old.quantity() + side.signed(quantity) < 0) {
      outcome.failed(new Problem(Problem.Kind.QUANTITY_INSUFFICIENT, ""));
    } else if (old.volumeMax() != 0 && old.volume() + quantity > old.volumeMax()) {
      outcome.failed(new Problem(Problem.Kind.VOLUME_LIMIT, ""));
    } else {
      list(
          new Stock(
              name,
              old.priceCents(),
              old.quantity() + side.signed(quantity),
              old.volume() + quantity,
              old.volumeMax(),
              old.lastIndex() + 1));
      long number = orders.size();
      orders.add(new Message.Order(number, side, quantity, name));
      numbers.put(key, number);
      outcome.found(number);
    }
  }

  @Override
  public void order(long number, Outcome<Message.Order> outcome) {
    call(
        "order " + number,
        outcome,
        () -> {
          if (number < orders.size()) {
            outcome.found(orders.get((int) number));
          } else {
            outcome.failed(new Problem(Problem.Kind.ORDER_NOT_FOUND, ""));
          }
        });
  }

  @Override
  public List<String> missing() {
    return missing;
  }
}
