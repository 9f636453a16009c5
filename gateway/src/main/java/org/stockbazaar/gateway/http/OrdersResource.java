package org.stockbazaar.gateway.http;

import io.netty.util.AsciiString;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.metrics.Latencies;

/** {@code POST /orders}: trades. */
final class OrdersResource implements Resource {
  private final Market market;
  private final TradeKeys keys;
  private final Latencies latencies;

  OrdersResource(Market market, TradeKeys keys, Latencies latencies) {
    this.market = market;
    this.keys = keys;
    this.latencies = latencies;
  }

  @Override
  public AsciiString allow() {
    return POST;
  }

  @Override
  public boolean allows(Request request) {
    return request.isPost();
  }

  @Override
  public void answer(Request request, Target target, String argument, Exchange exchange)
      throws RefusedException {
    exchange.measure(latencies);
    JsonBody.requireJson(request.headers());
    var order = OrderBody.parse(request.body());
    Key key = keys.of(request.headers());
    market.trade(
        key,
        order.side(),
        order.quantity(),
        order.stock(),
        new Outcome<>() {
          @Override
          public void found(Long number) {
            exchange.reply(Reply.ok(OrderJson.traded(number)));
          }

          @Override
          public void failed(Problem problem) {
            exchange.fail(problem);
          }
        });
  }
}
