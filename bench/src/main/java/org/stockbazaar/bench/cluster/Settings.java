package org.stockbazaar.bench.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

/**
 * The shape of a system; kept in {@code cluster.json} of its data directory, so that every command
 * knows what there is.
 *
 * <p>Gateway N listens on {@code port + 10(N-1)}, the catalog on {@code port + 1000}, order node N
 * on {@code port + 1010 + 10(N-1)}. The port above is a gateway's for operators, and the others'
 * for health.
 *
 * @param replicas order nodes: 1, 3, 5 or 7
 * @param gateways 1 to 20
 * @param port where the first gateway listens
 * @param sync {@code disk} or {@code os}: what an order node waits for before it answers
 * @param stocks the catalog's stocks file, null for the built-in one
 * @param stocksMax how many stocks the catalog's map is made for
 * @param checkpointEntries entries of the order log from one checkpoint of the catalog to the next
 * @param cache {@code on} or {@code off}: whether gateways keep stocks in memory
 * @param allowReset whether operators may set all stocks back to what they were listed with
 */
public record Settings(
    int replicas,
    int gateways,
    int port,
    String sync,
    String stocks,
    long stocksMax,
    long checkpointEntries,
    String cache,
    boolean allowReset) {
  /** What {@code up} starts when nothing else is asked for. */
  public static final Settings DEFAULT =
      new Settings(3, 1, 8080, "disk", null, 100_000, 500_000, "on", false);

  private static final int GATEWAYS_MAX = 20;
  private static final int CATALOG_OFFSET = 1000;
  private static final int ORDER_OFFSET = 1010;
  private static final int STEP = 10;
  private static final long STOCKS_LIMIT = 10_000_000;
  private static final long CHECKPOINT_ENTRIES_MIN = 1_000;
  private static final int PORT_MAX = 64_000;
  private static final String HOST = "127.0.0.1";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  public Settings {
    if (!List.of(1, 3, 5, 7).contains(replicas)) {
      throw new FailedException("--replicas " + replicas + ": it must be 1, 3, 5 or 7");
    }
    if (gateways < 1 || gateways > GATEWAYS_MAX) {
      throw new FailedException("--gateways " + gateways + ": it must be 1 to " + GATEWAYS_MAX);
    }
    if (port < 1 || port > PORT_MAX) {
      throw new FailedException("--port " + port + ": it must be 1 to " + PORT_MAX);
    }
    if (!List.of("disk", "os").contains(sync)) {
      throw new FailedException("--sync " + sync + ": it must be disk or os");
    }
    if (stocksMax < 1 || stocksMax > STOCKS_LIMIT) {
      throw new FailedException("--stocks-max " + stocksMax + ": it must be 1 to 10000000");
    }
    if (checkpointEntries < CHECKPOINT_ENTRIES_MIN) {
      throw new FailedException(
          "--checkpoint-entries " + checkpointEntries + ": it must be at least 1000");
    }
    if (!List.of("on", "off").contains(cache)) {
      throw new FailedException("--cache " + cache + ": it must be on or off");
    }
  }

  /**
   * The settings in {@code file}, or null where there is no such file. What an older file does not
   * have is as in {@link #DEFAULT}.
   */
  static Settings read(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      ObjectNode all = JSON.valueToTree(DEFAULT);
      all.setAll(JSON.readValue(file.toFile(), ObjectNode.class));
      return JSON.treeToValue(all, Settings.class);
    } catch (IOException e) {
      throw new FailedException(
          file + " cannot be read (" + e.getMessage() + "); delete it and run 'bazaar up' again",
          e);
    }
  }

  void write(Path file) throws IOException {
    PrivateFile.replace(file, JSON.writeValueAsString(this) + "\n");
  }

  /** The same system with so many order nodes and gateways. */
  public Settings withNodes(int orders, int others) {
    return new Settings(
        orders, others, port, sync, stocks, stocksMax, checkpointEntries, cache, allowReset);
  }

  /** The same system elsewhere. */
  public Settings withPort(int other) {
    return new Settings(
        replicas, gateways, other, sync, stocks, stocksMax, checkpointEntries, cache, allowReset);
  }

  /** The same with these stocks. */
  public Settings withStocks(String file, long max, long entries) {
    return new Settings(replicas, gateways, port, sync, file, max, entries, cache, allowReset);
  }

  /** The same with another sync and cache. */
  public Settings with(String otherSync, String otherCache) {
    return new Settings(
        replicas,
        gateways,
        port,
        otherSync,
        stocks,
        stocksMax,
        checkpointEntries,
        otherCache,
        allowReset);
  }

  /** The same, with resets allowed or not. */
  public Settings withReset(boolean allowed) {
    return new Settings(
        replicas, gateways, port, sync, stocks, stocksMax, checkpointEntries, cache, allowed);
  }

  /** The processes, in the order in which they are started. */
  public List<NodePlan> nodes(Layout layout) {
    List<NodePlan> nodes = new ArrayList<>();
    nodes.add(catalog(layout));
    for (int node = 1; node <= replicas; node++) {
      nodes.add(order(layout, node));
    }
    for (int node = 1; node <= gateways; node++) {
      nodes.add(gateway(layout, node));
    }
    return nodes;
  }

  /** The first gateway's address. */
  public HostPort gatewayAddress() {
    return at(port);
  }

  /** Where operators reach a gateway, by its number. */
  public HostPort adminAddress(int gateway) {
    return above(at(port + STEP * (gateway - 1)));
  }

  /** The catalog's address for frames. */
  public HostPort catalogAddress() {
    return at(port + CATALOG_OFFSET);
  }

  private HostPort orderAddress(int node) {
    return at(port + ORDER_OFFSET + STEP * (node - 1));
  }

  private NodePlan catalog(Layout layout) {
    HostPort address = catalogAddress();
    HostPort http = above(address);
    List<String> arguments = common(layout, "catalog", address);
    arguments.addAll(
        List.of(
            "--http-port", String.valueOf(http.port()),
            "--stocks-max", String.valueOf(stocksMax),
            "--checkpoint-entries", String.valueOf(checkpointEntries)));
    if (stocks != null) {
      arguments.addAll(List.of("--stocks", stocks));
    }
    return plan("catalog", Kind.CATALOG, 1, address, http, arguments);
  }

  private NodePlan order(Layout layout, int node) {
    HostPort address = orderAddress(node);
    HostPort http = above(address);
    List<String> arguments = common(layout, "order-" + node, address);
    arguments.addAll(
        List.of(
            "--node", String.valueOf(node),
            "--peers", orders(),
            "--catalog", catalogAddress().toString(),
            "--http-port", String.valueOf(http.port()),
            "--sync", sync));
    if (allowReset) {
      arguments.add("--allow-reset");
    }
    return plan("order-" + node, Kind.ORDER, node, address, http, arguments);
  }

  private NodePlan gateway(Layout layout, int node) {
    HostPort address = at(port + STEP * (node - 1));
    List<String> arguments = common(layout, "gateway-" + node, address);
    arguments.addAll(
        List.of(
            "--node", String.valueOf(node),
            "--catalog", catalogAddress().toString(),
            "--orders", orders(),
            "--cache", cache,
            "--admin-port", String.valueOf(above(address).port()),
            "--token", layout.token().toString()));
    return plan("gateway-" + node, Kind.GATEWAY, node, address, address, arguments);
  }

  private static NodePlan plan(
      String name, Kind kind, int node, HostPort address, HostPort http, List<String> arguments) {
    // The port above is taken in any case: for health, or for operators.
    List<Integer> ports = List.of(address.port(), above(address).port());
    return new NodePlan(name, kind, node, address, http, ports, arguments);
  }

  private static List<String> common(Layout layout, String name, HostPort address) {
    return new ArrayList<>(
        List.of(
            "--listen", address.toString(),
            "--data", layout.data(name).toString(),
            "--secret", layout.secret().toString()));
  }

  private String orders() {
    List<String> orders = new ArrayList<>();
    for (int node = 1; node <= replicas; node++) {
      orders.add(node + "=" + orderAddress(node));
    }
    return String.join(",", orders);
  }

  private static HostPort at(int port) {
    return new HostPort(HOST, port);
  }

  private static HostPort above(HostPort address) {
    return at(address.port() + 1);
  }
}
