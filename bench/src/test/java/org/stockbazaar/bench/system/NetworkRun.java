package org.stockbazaar.bench.system;

import java.nio.file.Path;
import java.util.List;
import org.stockbazaar.bench.chaos.ChaosPlan;
import org.stockbazaar.bench.chaos.ChaosResult;
import org.stockbazaar.bench.chaos.ChaosRun;
import org.stockbazaar.bench.chaos.FaultReport;
import org.stockbazaar.bench.chaos.Trouble;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.Layout;
import org.stockbazaar.bench.cluster.NodePlan;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.protocol.logging.Logging;

/**
 * The part of {@link NetworkIT} that runs in the hub, since only there the system can be reached:
 * starts what does not run, lets a fault happen while clients trade, and judges.
 */
final class NetworkRun {
  private static final int DUMP_LINES = 40;

  private NetworkRun() {}

  /** The system: its ports are its own, so the usual ones serve. */
  static Settings settings() {
    return Settings.DEFAULT.withNodes(3, 2);
  }

  /** Namespaces for its nodes. */
  static Namespaces namespaces(long owner) {
    List<NodePlan> nodes = settings().nodes(new Layout(Path.of("")));
    return new Namespaces(owner, nodes.stream().map(NodePlan::name).toList());
  }

  /**
   * Ends with status 0 when all is well.
   *
   * @param arguments who made the namespaces, the data directory, the fault
   */
  public static void main(String... arguments) {
    Logging.off();
    Namespaces network = namespaces(Long.parseLong(arguments[0]));
    var fault = NetworkFault.valueOf(arguments[2]);
    var site = new NamespaceSite(network);
    var cluster = new Cluster(new Layout(Path.of(arguments[1])), settings(), site, line -> {});
    Trouble trouble =
        (witness, random) -> {
          try {
            fault.happen(new NetworkStage(cluster, network, site, witness), random);
          } finally {
            network.mend();
          }
        };
    cluster.start();
    int patience = (int) LiveSystem.PATIENCE_MILLIS;
    var plan = new ChaosPlan(1, 1, 23, 4, 3, List.of(), true, 0, 0, 0, 4_000, patience);
    ChaosResult result = new ChaosRun(cluster, plan, trouble, NetworkRun::say).run();
    if (!result.good()) {
      System.out.println(result);
      System.out.println(cluster.dump(DUMP_LINES));
    }
    System.exit(result.good() ? 0 : 1);
  }

  private static void say(FaultReport report) {
    System.out.printf(
        "  %s of %s for %.0f ms, whole %.0f ms later; no trade for %.0f ms meanwhile, %.0f ms at all, no lookup for %.0f ms,"
            + " slowest %.0f ms, %d answers%n",
        report.fault(),
        report.targets(),
        report.hold(),
        report.healed(),
        report.awayGap(),
        report.tradeGap(),
        report.lookupGap(),
        report.slowest(),
        report.answers());
  }
}
