package org.stockbazaar.gateway;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.stockbazaar.gateway.client.MarketOptions;
import org.stockbazaar.protocol.config.Commands;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.Millis;
import org.stockbazaar.protocol.config.NodeOptions;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.config.Version;
import org.stockbazaar.protocol.process.NodeProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a gateway. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "A gateway: HTTP sessions in front of the catalog node and the order nodes.")
public final class GatewayMain implements Callable<Integer> {
  private static final int CACHE_MAX_DEFAULT = 100_000;

  /** Whether stocks are kept in memory. */
  enum Cache {
    ON,
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private NodeOptions options;

  @Option(
      names = "--node",
      required = true,
      paramLabel = "N",
      description = "Number of this gateway, from 1 on; no other one has it.")
  private int node;

  @Option(
      names = "--catalog",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The catalog node.")
  private HostPort catalog;

  @Option(
      names = "--orders",
      required = true,
      paramLabel = "ID=HOST:PORT,...",
      description = "All order nodes, the same list on every gateway.")
  private PeerList orders;

  @Option(
      names = "--cache",
      defaultValue = "on",
      paramLabel = "on|off",
      description = "Whether stocks are kept in memory (default: ${DEFAULT-VALUE}).")
  private Cache cache;

  @Option(
      names = "--cache-max",
      defaultValue = "" + CACHE_MAX_DEFAULT,
      paramLabel = "N",
      description = "Stocks kept in memory at most (default: ${DEFAULT-VALUE}).")
  private int cacheMax;

  @Mixin private AdminOptions admin;

  @Option(
      names = "--deadline",
      defaultValue = "5s",
      paramLabel = "TIME",
      description = "Every request is answered within this (default: ${DEFAULT-VALUE}).")
  private Millis deadline;

  /** Ends with the process. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(new GatewayMain(), arguments));
  }

  @Override
  public Integer call() {
    GatewayNode.check(node >= 1, "--node", "at least 1", node);
    GatewayNode.check(cacheMax >= 1, "--cache-max", "at least 1; --cache off is none", cacheMax);
    GatewayNode.check(
        deadline.millis() >= 100 && deadline.millis() <= 60_000,
        "--deadline",
        "100ms to 60s",
        deadline);
    var market =
        new MarketOptions(
            catalog,
            orders,
            deadline.nanos(),
            MarketOptions.IN_FLIGHT_MAX,
            cacheMax,
            cache == Cache.ON);
    var operators = admin.load();
    return NodeProcess.run(
        "gateway-" + node,
        options,
        transport -> new GatewayNode(transport, options, node, market, operators));
  }
}
