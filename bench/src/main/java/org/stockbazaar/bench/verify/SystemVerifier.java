package org.stockbazaar.bench.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.ClusterState;
import org.stockbazaar.bench.cluster.NodeCall;
import org.stockbazaar.bench.cluster.NodeState;
import org.stockbazaar.order.log.LogVerifier;
import org.stockbazaar.order.log.Verification;
import org.stockbazaar.protocol.message.Message;

/**
 * Verifies a live or stopped system from its files: each order node's log by itself, the logs
 * against each other, and the catalog against a log. What could not be checked it says.
 */
public final class SystemVerifier {
  private static final int TRIES = 5;
  private static final long CATALOG_MILLIS_MAX = 10_000;

  private final Cluster cluster;
  private final ClusterState state;

  public SystemVerifier(Cluster cluster) {
    this.cluster = cluster;
    this.state = cluster.state();
  }

  /** Reads every log once or twice, and asks the catalog when it runs. */
  public SystemCheck verify() {
    Map<String, Verification> logs = new LinkedHashMap<>();
    List<NodeCheck> nodes = new ArrayList<>();
    boolean good = true;
    for (NodeState node : state.processes()) {
      if (node.kind().equals("order")) {
        Verification log = LogVerifier.verify(cluster.layout().data(node.name()));
        logs.put(node.name(), log);
        nodes.add(NodeCheck.of(node.name(), log));
        good &= log.good();
      }
    }
    PrefixCheck prefix = prefix(logs);
    CatalogCheck catalog = catalog(logs);
    return new SystemCheck(good && prefix.good() && catalog.good(), nodes, prefix, catalog);
  }

  private boolean runs(String name) {
    return state.processes().stream()
        .anyMatch(node -> node.name().equals(name) && node.state().equals("running"));
  }

  /**
   * A running node tells how far its log is committed; entries behind that may differ. On a stopped
   * system the shortest log decides.
   */
  private PrefixCheck prefix(Map<String, Verification> logs) {
    boolean live = logs.keySet().stream().anyMatch(this::runs);
    List<String> compared = new ArrayList<>();
    long upTo = Long.MAX_VALUE;
    for (Map.Entry<String, Verification> log : logs.entrySet()) {
      Long committed = live ? cluster.commitIndex(log.getKey()) : Long.valueOf(Long.MAX_VALUE);
      if (committed != null) {
        compared.add(log.getKey());
        upTo = Math.min(upTo, Math.min(committed, log.getValue().entries()));
      }
    }
    if (compared.size() < 2) {
      String text =
          logs.size() == 1 ? "one log, nothing to compare it with" : "fewer than two nodes run";
      return new PrefixCheck(compared, 0, true, text);
    }
    String first = digest(compared.get(0), logs, upTo);
    for (String name : compared) {
      if (!digest(name, logs, upTo).equals(first)) {
        return new PrefixCheck(
            compared,
            upTo,
            false,
            name + " and " + compared.get(0) + " DIFFER within their first " + upTo + " entries");
      }
    }
    String text = String.join(", ", compared) + " are equal up to entry " + upTo;
    return new PrefixCheck(compared, upTo, true, text);
  }

  private String digest(String name, Map<String, Verification> logs, long upTo) {
    Verification whole = logs.get(name);
    return whole.entries() == upTo
        ? whole.digest()
        : LogVerifier.verify(cluster.layout().data(name), upTo).digest();
  }

  private CatalogCheck catalog(Map<String, Verification> logs) {
    if (!runs("catalog")) {
      return new CatalogCheck(
          false, 0, null, true, "not compared: the catalog is not running, and it alone can tell");
    }
    String node = source(logs);
    Message.Digested told;
    try (var call = new NodeCall(cluster.layout(), cluster.node("catalog"))) {
      told = (Message.Digested) call.ask(new Message.Digest(), CATALOG_MILLIS_MAX);
    }
    Verification log = LogVerifier.verify(cluster.layout().data(node), told.index());
    // Entries reach the log's file before the catalog; just a view of the directory may be older.
    for (int i = 1; i < TRIES && log.entries() < told.index(); i++) {
      log = LogVerifier.verify(cluster.layout().data(node), told.index());
    }
    String digest = String.format("%016x", told.digest());
    String difference = difference(told, log);
    return new CatalogCheck(
        true,
        told.index(),
        digest,
        difference == null,
        difference == null
            ? "equals the log of "
                + node
                + " at entry "
                + told.index()
                + ": "
                + told.stocks()
                + " stocks, digest "
                + digest
            : "DIFFERS from the log of " + node + ": " + difference);
  }

  /** The running node with the longest log, else the longest log. */
  private String source(Map<String, Verification> logs) {
    String best = null;
    for (String name : logs.keySet()) {
      if (best == null
          || (runs(name) && !runs(best))
          || (runs(name) == runs(best) && logs.get(name).entries() > logs.get(best).entries())) {
        best = name;
      }
    }
    return best;
  }

  private static String difference(Message.Digested told, Verification log) {
    if (log.entries() != told.index()) {
      return "the catalog has applied " + told.index() + " entries, the log has " + log.entries();
    }
    if (log.checksum() != told.checksum()) {
      return "the entry " + told.index() + " that the catalog applied is another one";
    }
    if (log.stocks() != told.stocks() || log.stocksDigest() != told.digest()) {
      return String.format(
          "it has %d stocks with digest %016x, the log gives %d with %016x",
          told.stocks(), told.digest(), log.stocks(), log.stocksDigest());
    }
    return null;
  }
}
