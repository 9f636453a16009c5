package org.stockbazaar.bench.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.protocol.config.HostPort;

/** A gateway with its market in memory, that can be told to misbehave. */
public final class FakeGateway implements AutoCloseable {
  /** What it does wrong. */
  public enum Fault {
    NONE,
    /** Trades, answers 504 or nothing at first, and rightly when asked again. */
    FORGETS_TO_ANSWER,
    /** Tells every order with another quantity. */
    TELLS_WRONG_QUANTITY,
    /** Knows no order afterwards. */
    LOSES_ORDERS,
    /** Answers every trade with 409. */
    REFUSES,
    /** Answers every trade with 500. */
    BREAKS,
    /** Answers every trade with 503. */
    OVERLOADED
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // Else each reply waits 40 ms for the acknowledgement of its own head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Fault fault;
  private final Map<String, Long> quantities = new TreeMap<>();
  private final Map<String, Long> numbers = new LinkedHashMap<>();
  private final List<JsonNode> orders = new ArrayList<>();
  private final Set<Integer> clients = new TreeSet<>();
  private int answers;

  public FakeGateway(Fault fault) throws IOException {
    this.fault = fault;
    for (String name : List.of("BoarCo", "FishCo", "GameStart")) {
      quantities.put(name, 100L);
    }
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public HostPort address() {
    return new HostPort("127.0.0.1", server.getAddress().getPort());
  }

  /** How many trades it made. */
  public synchronized int trades() {
    return orders.size();
  }

  /** How many connections it has seen. */
  public synchronized int connections() {
    return clients.size();
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    clients.add(exchange.getRemoteAddress().getPort());
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/orders")) {
      trade(exchange, JSON.readTree(body));
    } else if (path.startsWith("/orders/")) {
      order(exchange, Integer.parseInt(path.substring("/orders/".length())));
    } else if (path.startsWith("/stocks/")) {
      answer(exchange, 200, "{\"data\":" + stock(path.substring("/stocks/".length())) + "}");
    } else if (path.equals("/stocks")) {
      browse(exchange);
    } else {
      answer(exchange, 200, "live");
    }
  }

  /** Pages of two, so that clients must ask for the next one. */
  private void browse(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    int at = query.indexOf("after=");
    String after = at < 0 ? "" : query.substring(at + "after=".length());
    List<String> names = quantities.keySet().stream().filter(n -> n.compareTo(after) > 0).toList();
    var page = new ArrayList<String>();
    names.stream().limit(2).forEach(name -> page.add(stock(name)));
    String next = names.size() > 2 ? "\"" + names.get(1) + "\"" : "null";
    answer(exchange, 200, "{\"data\":[" + String.join(",", page) + "],\"next\":" + next + "}");
  }

  private String stock(String name) {
    return "{\"name\":\""
        + name
        + "\",\"price\":15.90,\"quantity\":"
        + quantities.get(name)
        + ",\"trading_volume\":0}";
  }

  private void trade(HttpExchange exchange, JsonNode trade) throws IOException {
    switch (fault) {
      case REFUSES -> answer(exchange, 409, error(409));
      case BREAKS -> answer(exchange, 500, error(500));
      case OVERLOADED -> answer(exchange, 503, error(503));
      default -> {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        boolean first = !numbers.containsKey(key);
        long number = numbers.computeIfAbsent(key, k -> book(trade));
        if (fault == Fault.FORGETS_TO_ANSWER && first) {
          if (answers++ % 2 == 0) {
            exchange.close();
          } else {
            answer(exchange, 504, error(504));
          }
        } else {
          answer(exchange, 200, "{\"data\":{\"transaction_number\":" + number + "}}");
        }
      }
    }
  }

  private long book(JsonNode trade) {
    long quantity = trade.path("quantity").longValue();
    long change = trade.path("type").asText().equals("buy") ? -quantity : quantity;
    quantities.merge(trade.path("name").asText(), change, Long::sum);
    orders.add(trade);
    return orders.size() - 1L;
  }

  private void order(HttpExchange exchange, int number) throws IOException {
    if (fault == Fault.LOSES_ORDERS || number >= orders.size()) {
      answer(exchange, 404, error(404));
      return;
    }
    JsonNode order = orders.get(number);
    long quantity = order.path("quantity").longValue();
    answer(
        exchange,
        200,
        "{\"data\":{\"transaction_number\":"
            + number
            + ",\"name\":"
            + order.path("name")
            + ",\"type\":"
            + order.path("type")
            + ",\"quantity\":"
            + (fault == Fault.TELLS_WRONG_QUANTITY ? quantity + 1 : quantity)
            + "}}");
  }

  private static String error(int code) {
    return "{\"error\":{\"code\":" + code + ",\"message\":\"as told\"}}";
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
