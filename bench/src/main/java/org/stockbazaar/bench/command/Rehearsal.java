package org.stockbazaar.bench.command;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.stockbazaar.bench.cluster.Layout;
import org.stockbazaar.bench.cluster.NodePlan;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.bench.cluster.Site;
import org.stockbazaar.bench.cluster.Vitals;
import org.stockbazaar.catalog.CatalogMain;
import org.stockbazaar.gateway.GatewayMain;
import org.stockbazaar.order.OrderMain;
import org.stockbazaar.protocol.logging.Logging;
import picocli.CommandLine;

/**
 * A whole system in this one JVM, which trades a little, changes its leader and ends. {@code
 * deploy/bazaar} runs it once after a build, to learn which classes there are to archive: every
 * process then starts, and meets its first election, with its classes loaded and verified already.
 */
public final class Rehearsal {
  private static final long WAIT_NANOS_MAX = 30_000_000_000L;
  private static final int PAUSE_NANOS = 20_000_000;

  private Rehearsal() {}

  /**
   * Exits with status 0 when the system did what it should. The only argument is an empty
   * directory.
   */
  public static void main(String[] arguments) throws IOException {
    // Before any thread logs: the logging framework wants to be started by one.
    Logging.off();
    var settings = Settings.DEFAULT.withPort(Ports.freeFor(Settings.DEFAULT)).with("os", "on");
    var layout = new Layout(Path.of(arguments[0]));
    layout.create(settings);
    start(settings.nodes(layout));
    trade(settings, layout);
    System.exit(0);
  }

  private static void start(List<NodePlan> nodes) {
    for (NodePlan node : nodes) {
      var thread = new Thread(() -> run(node), node.name());
      thread.setDaemon(true);
      thread.start();
      // One after the other: they share what a process has once.
      await(node, () -> Vitals.isAlive(Site.HERE, node));
    }
    for (NodePlan node : nodes) {
      await(node, () -> Vitals.missing(Site.HERE, node) == null);
    }
  }

  private static void await(NodePlan node, BooleanSupplier holds) {
    long end = System.nanoTime() + WAIT_NANOS_MAX;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(node.name() + ": " + Vitals.missing(Site.HERE, node));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Returns when its process would end. */
  private static void run(NodePlan node) {
    String[] arguments = node.arguments().toArray(String[]::new);
    switch (node.kind()) {
      case CATALOG -> CatalogMain.main(arguments);
      case ORDER -> OrderMain.main(arguments);
      case GATEWAY -> GatewayMain.main(arguments);
    }
  }

  private static void trade(Settings settings, Layout layout) throws IOException {
    Path directory = layout.root();
    for (String leader : List.of("order-1", "order-2", "order-3")) {
      bazaar("session", "--sessions", "2", "--requests", "200", "--p", "0.8", directory);
      transfer(leader, settings, Files.readString(layout.token()).strip());
    }
    bazaar("status", directory);
    bazaar("verify", directory);
  }

  private static void transfer(String to, Settings settings, String token) throws IOException {
    var address = settings.gatewayAddress();
    var url = new URL("http", address.host(), address.port() + 1, "/leader");
    var connection = (HttpURLConnection) url.openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + token);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection
        .getOutputStream()
        .write(("{\"to\":\"" + to + "\"}").getBytes(StandardCharsets.UTF_8));
    if (connection.getResponseCode() != 200) {
      throw new IllegalStateException(to + ": status " + connection.getResponseCode());
    }
  }

  private static void bazaar(Object... words) {
    String[] arguments = new String[words.length + 1];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = String.valueOf(words[i]);
    }
    arguments[words.length] = arguments[words.length - 1];
    arguments[words.length - 1] = "--data";
    new CommandLine(new Bazaar()).execute(arguments);
  }
}
