package org.stockbazaar.bench.http;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.gateway.http.Market;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/** A market of one stock, GameStart, of which there are 100 whatever is traded. */
final class PaperMarket implements Market {
  private static final Stock STOCK = new Stock("GameStart", 1599, 100, 0, 0, 1);

  private final List<Message.Order> orders = new ArrayList<>();

  @Override
  public void stock(String name, long askedNanos, Outcome<Quote> outcome) {
    if (name.equals(STOCK.name())) {
      outcome.found(Quote.of(STOCK));
    } else {
      outcome.failed(new Problem(Problem.Kind.STOCK_NOT_FOUND, ""));
    }
  }

  @Override
  public void stocks(String after, int limit, Outcome<Message.Page> outcome) {
    outcome.found(new Message.Page(List.of(STOCK), false));
  }

  @Override
  public void trade(Key key, Side side, long quantity, String stock, Outcome<Long> outcome) {
    if (!stock.equals(STOCK.name())) {
      outcome.failed(new Problem(Problem.Kind.STOCK_NOT_FOUND, ""));
    } else if (side == Side.BUY && quantity > STOCK.quantity()) {
      outcome.failed(new Problem(Problem.Kind.QUANTITY_INSUFFICIENT, ""));
    } else {
      orders.add(new Message.Order(orders.size(), side, quantity, stock));
      outcome.found(orders.size() - 1L);
    }
  }

  @Override
  public void order(long number, Outcome<Message.Order> outcome) {
    if (number < orders.size()) {
      outcome.found(orders.get((int) number));
    } else {
      outcome.failed(new Problem(Problem.Kind.ORDER_NOT_FOUND, ""));
    }
  }

  @Override
  public List<String> missing() {
    return List.of();
  }
}
