package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Locale;
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
    json(request.headers());
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

  /** The body's type may be left out; given, it must be the one that is read. */
  private static void json(HttpHeaders headers) throws RefusedException {
    List<String> types = headers.getAll(HttpHeaderNames.CONTENT_TYPE);
    if (types.size() > 1 || (types.size() == 1 && !isJson(types.get(0)))) {
      throw unsupported("Content-Type: must be application/json", String.join(", ", types));
    }
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw unsupported("Content-Encoding: must be identity", encoding);
    }
  }

  private static boolean isJson(String type) {
    String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return true;
  }

  private static RefusedException unsupported(String rule, String value) {
    return new RefusedException(
        HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, rule + ", not " + RefusedException.quote(value));
  }
}
