package org.stockbazaar.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.RequestKind;

/**
 * Requests as bytes, encoded once: the generator's work for one is to copy a pointer. Only order
 * lookups are written anew. For one event loop.
 */
final class HttpRequests {
  private final Choice choice;
  private final int stocks;
  private final long orders;
  private final Encoded lookups;
  private final Encoded buys;
  private final Encoded sells;

  /**
   * @param stocks names of the stocks, at least one
   * @param orders how many orders there are, from number 0 on
   */
  HttpRequests(Choice choice, List<String> stocks, long orders) {
    this.choice = choice;
    this.stocks = stocks.size();
    this.orders = orders;
    lookups = encoded(RequestKind.LOOKUP, stocks, stock -> get("/stocks/" + stock));
    buys = encoded(RequestKind.TRADE, stocks, stock -> trade(stock, "buy"));
    sells = encoded(RequestKind.TRADE, stocks, stock -> trade(stock, "sell"));
  }

  /** Null for what is never asked for: of a million stocks it would be 150 MB. */
  private Encoded encoded(RequestKind kind, List<String> stocks, UnaryOperator<String> request) {
    return choice.asksFor(kind) ? Encoded.of(stocks, request) : null;
  }

  /** One request for each stock, one after another: a million buffers would fill the heap. */
  private static final class Encoded {
    private final ByteBuf bytes;
    private final int[] ends;

    private Encoded(ByteBuf bytes, int[] ends) {
      this.bytes = bytes;
      this.ends = ends;
    }

    static Encoded of(List<String> stocks, UnaryOperator<String> request) {
      int[] ends = new int[stocks.size()];
      int end = 0;
      for (int i = 0; i < ends.length; i++) {
        end = Math.addExact(end, request.apply(stocks.get(i)).length());
        ends[i] = end;
      }
      // The collector's: nobody knows when the last channel has written what it was given.
      ByteBuffer bytes = ByteBuffer.allocateDirect(end);
      for (String stock : stocks) {
        bytes.put(request.apply(stock).getBytes(StandardCharsets.US_ASCII));
      }
      return new Encoded(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes.flip())), ends);
    }

    ByteBuf get(int stock) {
      int begin = stock == 0 ? 0 : ends[stock - 1];
      return bytes.slice(begin, ends[stock] - begin);
    }
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
    int stock = choice.among(stocks);
    return switch (kind) {
      case LOOKUP -> lookups.get(stock);
      case TRADE -> (choice.sells() ? sells : buys).get(stock);
      case ORDER_LOOKUP -> {
        String path = "/orders/" + choice.among(orders);
        yield Unpooled.copiedBuffer(get(path), StandardCharsets.US_ASCII);
      }
    };
  }
}
