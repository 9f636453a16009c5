package org.stockbazaar.gateway.http;

import java.util.List;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/**
 * Port: what HTTP needs of the market behind it. Called on the gateway's event loop; does not
 * block. Every outcome is told exactly once, on that loop, perhaps before the call returns, and
 * always within the gateway's deadline.
 */
public interface Market {
  /**
   * Looks a stock up.
   *
   * @param name a valid one
   * @param askedNanos when, on the loop's clock: the request had been read by then, and what its
   *     session asked before had been answered
   */
  void stock(String name, long askedNanos, Outcome<Quote> outcome);

  /**
   * Stocks in name order.
   *
   * @param after begin behind this name; empty for the first page
   * @param limit at most so many, 1 to 1000
   */
  void stocks(String after, int limit, Outcome<Message.Page> outcome);

  /**
   * Trades, at most once under {@code key}; the outcome is the transaction number.
   *
   * @param quantity 1 to {@link Stock#ORDER_QUANTITY_MAX}
   * @param stock a valid name
   */
  void trade(Key key, Side side, long quantity, String stock, Outcome<Long> outcome);

  /** Looks an order up by its transaction number, at least 0. */
  void order(long number, Outcome<Message.Order> outcome);

  /** What is missing before it can serve, in words for people; empty when it is ready. */
  List<String> missing();
}
