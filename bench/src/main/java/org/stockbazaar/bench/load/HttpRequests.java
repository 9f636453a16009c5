package org.stockbazaar.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.RequestKind;

/**
 * Requests as bytes, encoded once: the generator's work for one is to copy a pointer. Only order
 * lookups are written anew. For one event loop.
 */
final class HttpRequests {
  /** More stocks than this are not asked for: 500 bytes each. */
  private static final int STOCKS_MAX = 100_000;

  private final Choice choice;
  private final long orders;
  private final List<ByteBuf> lookups = new ArrayList<>();
  private final List<ByteBuf> buys = new ArrayList<>();
  private final List<ByteBuf> sells = new ArrayList<>();

  /**
   * @param stocks names of the stocks, at least one
   * @param orders how many orders there are, from number 0 on
   */
  HttpRequests(Choice choice, List<String> stocks, long orders) {
    this.choice = choice;
    this.orders = orders;
    for (String stock : stocks.subList(0, Math.min(STOCKS_MAX, stocks.size()))) {
      lookups.add(fixed(get("/stocks/" + stock)));
      buys.add(fixed(trade(stock, "buy")));
      sells.add(fixed(trade(stock, "sell")));
    }
  }

  private static ByteBuf fixed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: bazaar\r\n\r\n";
  }

  private static String trade(String stock, String type) {
    String body = GatewayClient.body(stock, type, 1);
    return "POST /orders HTTP/1.1\r\nHost: bazaar\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Any request of that kind. */
  ByteBuf any(RequestKind kind) {
    int stock = choice.among(lookups.size());
    return switch (kind) {
      case LOOKUP -> lookups.get(stock).duplicate();
      case TRADE -> (choice.sells() ? sells : buys).get(stock).duplicate();
      case ORDER_LOOKUP -> {
        String path = "/orders/" + choice.among(orders);
        yield Unpooled.copiedBuffer(get(path), StandardCharsets.US_ASCII);
      }
    };
  }
}
