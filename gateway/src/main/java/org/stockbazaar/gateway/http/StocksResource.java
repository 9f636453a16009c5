package org.stockbazaar.gateway.http;

import io.netty.util.AsciiString;
import java.util.Map;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Latencies;

/**
 * {@code GET /stocks?after=NAME&limit=100}: stocks in name order. A parameter of any other name is
 * refused: a misspelt one would otherwise give the wrong page without a word.
 */
final class StocksResource implements Resource {
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MAX = 1000;
  private static final int LIMIT_DIGITS_MAX = 4;

  private final Market market;
  private final Latencies latencies;

  StocksResource(Market market, Latencies latencies) {
    this.market = market;
    this.latencies = latencies;
  }

  @Override
  public AsciiString allow() {
    return READ;
  }

  @Override
  public void answer(Request request, Target target, String argument, Exchange exchange)
      throws RefusedException {
    exchange.measure(latencies);
    String after = "";
    int limit = LIMIT_DEFAULT;
    for (Map.Entry<String, String> parameter : target.parameters().entrySet()) {
      switch (parameter.getKey()) {
        case "after" -> after = after(parameter.getValue());
        case "limit" -> limit = limit(parameter.getValue());
        default ->
            throw RefusedException.bad("query", "must be of after and limit", parameter.getKey());
      }
    }
    market.stocks(
        after,
        limit,
        new Outcome<>() {
          @Override
          public void found(Message.Page page) {
            exchange.reply(Reply.ok(StockJson.of(page)));
          }

          @Override
          public void failed(Problem problem) {
            exchange.fail(problem);
          }
        });
  }

  private static String after(String text) throws RefusedException {
    if (!text.isEmpty() && !Stock.isName(text)) {
      throw RefusedException.bad("after", "must be a stock's name", text);
    }
    return text;
  }

  private static int limit(String text) throws RefusedException {
    if (text.length() <= LIMIT_DIGITS_MAX && OrderResource.isDigits(text)) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LIMIT_MAX) {
        return limit;
      }
    }
    throw RefusedException.bad("limit", "must be an integer from 1 to " + LIMIT_MAX, text);
  }
}
