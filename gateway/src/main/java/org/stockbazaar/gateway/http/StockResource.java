package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Latencies;

/** {@code GET /stocks/{name}}: one stock. */
final class StockResource implements Resource {
  private final Market market;
  private final Latencies latencies;

  StockResource(Market market, Latencies latencies) {
    this.market = market;
    this.latencies = latencies;
  }

  @Override
  public AsciiString allow() {
    return READ;
  }

  @Override
  public void answer(Request request, Target target, String name, Exchange exchange)
      throws RefusedException {
    exchange.measure(latencies);
    if (!Stock.isName(name)) {
      // No stock can have this name, so none has it.
      throw new RefusedException(HttpResponseStatus.NOT_FOUND, "stock not found");
    }
    market.stock(
        name,
        exchange.startNanos(),
        new Outcome<>() {
          @Override
          public void found(Quote quote) {
            exchange.reply(Reply.ok(quote.json()));
          }

          @Override
          public void failed(Problem problem) {
            exchange.fail(problem);
          }
        });
  }
}
