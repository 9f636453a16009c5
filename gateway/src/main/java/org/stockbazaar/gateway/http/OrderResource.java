package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.metrics.Latencies;

/**
 * {@code GET /orders/{n}}: one order; {@code POST} with an empty body does the same. What is no
 * number is 400; a number that no order has, however long, is 404.
 */
final class OrderResource implements Resource {
  /** As many digits fit a long whatever they are. */
  private static final int DIGITS_MAX = 18;

  private final Market market;
  private final Latencies latencies;

  OrderResource(Market market, Latencies latencies) {
    this.market = market;
    this.latencies = latencies;
  }

  @Override
  public AsciiString allow() {
    return READ_OR_POST;
  }

  @Override
  public boolean allows(Request request) {
    return request.isRead() || request.isPost();
  }

  @Override
  public void answer(Request request, Target target, String number, Exchange exchange)
      throws RefusedException {
    exchange.measure(latencies);
    if (request.isPost() && request.body().length > 0) {
      throw RefusedException.bad(
          "body", "must be empty to look an order up; POST a new order to /orders");
    }
    if (!isDigits(number)) {
      throw RefusedException.bad("order number", "must be decimal digits", number);
    }
    if (number.length() > DIGITS_MAX) {
      throw new RefusedException(HttpResponseStatus.NOT_FOUND, "order not found");
    }
    market.order(
        Long.parseLong(number),
        new Outcome<>() {
          @Override
          public void found(Message.Order order) {
            exchange.reply(Reply.ok(OrderJson.of(order)));
          }

          @Override
          public void failed(Problem problem) {
            exchange.fail(problem);
          }
        });
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
