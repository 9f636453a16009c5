package org.stockbazaar.gateway.admin;

import io.netty.util.AsciiString;
import java.util.Map;
import org.stockbazaar.gateway.http.Exchange;
import org.stockbazaar.gateway.http.JsonBytes;
import org.stockbazaar.gateway.http.RefusedException;
import org.stockbazaar.gateway.http.Reply;
import org.stockbazaar.gateway.http.Request;
import org.stockbazaar.gateway.http.Resource;
import org.stockbazaar.gateway.http.Target;
import org.stockbazaar.protocol.message.Stock;

/** {@code POST /cache/invalidate?name=}: the cache forgets a stock, or all without a name. */
final class InvalidateResource implements Resource {
  private final Operations operations;

  InvalidateResource(Operations operations) {
    this.operations = operations;
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
    String stock = null;
    for (Map.Entry<String, String> parameter : target.parameters().entrySet()) {
      if (!parameter.getKey().equals("name")) {
        // A misspelt one would have the cache forget everything.
        throw RefusedException.bad("query", "must be of name", parameter.getKey());
      }
      stock = parameter.getValue();
    }
    if (stock != null && !stock.isEmpty() && !Stock.isName(stock)) {
      throw RefusedException.bad("name", "must be a stock's name, or left out for all", stock);
    }
    int forgotten = operations.invalidate(stock == null || stock.isEmpty() ? null : stock);
    exchange.reply(
        Reply.ok(
            new JsonBytes(48)
                .ascii("{\"data\":{\"invalidated\":")
                .number(forgotten)
                .ascii("}}")
                .toBytes()));
  }
}
