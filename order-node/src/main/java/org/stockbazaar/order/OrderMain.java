package org.stockbazaar.order;

import java.util.concurrent.Callable;
import org.stockbazaar.order.server.OrderConfiguration;
import org.stockbazaar.order.server.OrderServer;
import org.stockbazaar.protocol.config.Commands;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HealthOptions;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.NodeOptions;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.process.NodeProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one order node. */
@Command(
    name = "order-node",
    mixinStandardHelpOptions = true,
    description = "One replica of the order log: takes trades, keeps them, looks orders up.")
public final class OrderMain implements Callable<Integer> {
  /** When an order counts as kept. */
  enum Sync {
    /** When it is on the disks of a majority. */
    disk,
    /** When the operating systems of a majority have it; a power failure may lose it. */
    os
  }

  @Mixin private NodeOptions options;
  @Mixin private HealthOptions health;

  @Option(
      names = "--node",
      required = true,
      paramLabel = "ID",
      description = "This replica's id, one of those in --peers.")
  private int node;

  @Option(
      names = "--peers",
      required = true,
      paramLabel = "LIST",
      description = "The order group, this replica included: 1=host:port,2=host:port,3=host:port.")
  private PeerList peers;

  @Option(
      names = "--catalog",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where the catalog node listens.")
  private HostPort catalog;

  @Option(
      names = "--sync",
      defaultValue = "disk",
      paramLabel = "WHERE",
      description =
          "Where an order must be before anybody hears of it: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}); os is faster, and a power failure may lose orders.")
  private Sync sync;

  @Option(
      names = "--allow-reset",
      description = "Let operators set all stocks back to what they were listed with.")
  private boolean allowReset;

  OrderMain() {}

  public static void main(String... arguments) {
    System.exit(Commands.run(new OrderMain(), arguments));
  }

  @Override
  public Integer call() {
    var configuration = configuration();
    return NodeProcess.run(
        "order-" + node,
        options,
        transport -> new OrderServer(transport, configuration, NodeProcess::stop));
  }

  /** What the options say; {@link FailedException} when they do not fit together. */
  OrderConfiguration configuration() {
    if (!peers.addresses().containsKey(node)) {
      throw new FailedException("--node " + node + " is not one of --peers " + peers.ids());
    }
    return new OrderConfiguration(
        node,
        peers,
        catalog,
        options.listen(),
        health.address(),
        options.data(),
        options.secret(),
        sync == Sync.disk,
        allowReset,
        options.histogramLog());
  }
}
