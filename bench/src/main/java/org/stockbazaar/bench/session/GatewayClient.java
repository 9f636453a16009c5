package org.stockbazaar.bench.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.config.HostPort;

/**
 * A client's view of one gateway over one keep-alive connection. 503, 504 and broken connections
 * are retried until the deadline, a trade always under the same Idempotency-Key. Blocking, for one
 * thread.
 */
public final class GatewayClient implements AutoCloseable {
  // Prices as they are written: never as floating point.
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final int PAGE = 1000;
  private static final long PAUSE_FIRST_MILLIS = 5;
  private static final long PAUSE_MAX_MILLIS = 200;

  private final HttpConnection connection;
  private final long deadlineMillis;
  private long retries;

  /**
   * @param deadlineMillis how long a request is retried, each attempt's wait included
   */
  public GatewayClient(HostPort gateway, long deadlineMillis) {
    this.connection = new HttpConnection(gateway, (int) Math.min(deadlineMillis, 10_000));
    this.deadlineMillis = deadlineMillis;
  }

  /** How many attempts followed a 503, a 504 or a broken connection. */
  public long retries() {
    return retries;
  }

  /** The stock, or null where there is none of that name. */
  public StockSeen stock(String name) throws UnansweredException {
    HttpReply reply = send("GET", "/stocks/" + name, null);
    return reply.status() == 404 ? null : stock(data(reply));
  }

  /** All stocks, page by page, in name order. */
  public List<StockSeen> stocks() throws UnansweredException {
    List<StockSeen> stocks = new ArrayList<>();
    String path = "/stocks?limit=" + PAGE;
    for (String next = ""; next != null; ) {
      JsonNode page = json(send("GET", next.isEmpty() ? path : path + "&after=" + next, null), 200);
      for (JsonNode stock : page.path("data")) {
        stocks.add(stock(stock));
      }
      next = page.path("next").textValue();
    }
    return stocks;
  }

  /**
   * Trades.
   *
   * @param key the Idempotency-Key, used for every attempt
   * @return the reply: 200, 409 or an error that a retry would not change
   */
  public HttpReply trade(String name, String type, long quantity, String key)
      throws UnansweredException {
    return send("POST", "/orders", body(name, type, quantity), "Idempotency-Key: " + key);
  }

  /** The transaction number in a trade's 200. */
  public static long number(HttpReply traded) {
    JsonNode number = data(traded).path("transaction_number");
    if (!number.isIntegralNumber()) {
      throw new IllegalStateException("no transaction_number in " + traded);
    }
    return number.longValue();
  }

  /** The order of that number, or null where there is none. */
  public RememberedOrder order(long number) throws UnansweredException {
    HttpReply reply = send("GET", "/orders/" + number, null);
    if (reply.status() == 404) {
      return null;
    }
    JsonNode order = data(reply);
    return new RememberedOrder(
        order.path("transaction_number").longValue(),
        order.path("name").asText(),
        order.path("type").asText(),
        order.path("quantity").longValue());
  }

  /** The body of a trade. */
  public static String body(String name, String type, long quantity) {
    return "{\"name\":\"" + name + "\",\"type\":\"" + type + "\",\"quantity\":" + quantity + "}";
  }

  private static JsonNode data(HttpReply reply) {
    return json(reply, 200).path("data");
  }

  private static JsonNode json(HttpReply reply, int status) {
    if (reply.status() != status) {
      throw new IllegalStateException(
          "the gateway answered " + reply.status() + ": " + reply.body().strip());
    }
    try {
      return JSON.readTree(reply.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + reply.body(), e);
    }
  }

  private static StockSeen stock(JsonNode stock) {
    return new StockSeen(
        stock.path("name").asText(),
        stock.path("price").asText(),
        stock.path("quantity").longValue(),
        stock.path("trading_volume").longValue(),
        stock.path("max_trading_volume").longValue());
  }

  private HttpReply send(String method, String path, String body, String... headers)
      throws UnansweredException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    long pause = PAUSE_FIRST_MILLIS;
    while (true) {
      IOException broken = null;
      HttpReply reply = null;
      try {
        reply = connection.exchange(method, path, body, headers);
        if (reply.status() != 503 && reply.status() != 504) {
          return reply;
        }
      } catch (IOException e) {
        broken = e;
      }
      if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) >= end) {
        String last = reply == null ? String.valueOf(broken) : reply.body().strip();
        throw new UnansweredException(
            method + " " + path + " had no answer within " + deadlineMillis + " ms: " + last,
            broken);
      }
      retries++;
      sleep(pause);
      pause = Math.min(2 * pause, PAUSE_MAX_MILLIS);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
