package org.stockbazaar.bench.system;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.stockbazaar.bench.chaos.Witness;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.ClusterState;
import org.stockbazaar.bench.cluster.NodePlan;
import org.stockbazaar.bench.cluster.NodeState;
import org.stockbazaar.protocol.config.FailedException;

/** What a fault of the network works with: the system, its network, and how both are doing. */
final class NetworkStage {
  private static final long CALM_MILLIS = 500;

  final Namespaces network;
  private final Cluster cluster;
  private final NamespaceSite site;
  private final Witness witness;

  NetworkStage(Cluster cluster, Namespaces network, NamespaceSite site, Witness witness) {
    this.cluster = cluster;
    this.network = network;
    this.site = site;
    this.witness = witness;
  }

  /** Lets a fault happen to a node, and holds until the whole system is ready again. */
  void happens(String fault, String target, Runnable strike, Runnable mend) {
    witness.sees(
        fault,
        List.of(target),
        strike,
        () -> {
          mend.run();
          cluster.start();
        },
        () -> pause(CALM_MILLIS));
  }

  void say(String text) {
    System.out.println("  " + text);
  }

  // ---- how it is doing -------------------------------------------------------------------------

  List<String> replicas() {
    return cluster.names().stream().filter(name -> name.startsWith("order-")).toList();
  }

  /** Who leads, if need be after an election. */
  String leader() {
    return cluster.node("leader").name();
  }

  List<String> nodes() {
    return cluster.names();
  }

  /** The replicas but that one. */
  List<String> others(String replica) {
    return replicas().stream().filter(name -> !name.equals(replica)).toList();
  }

  /** The highest epoch that any replica has. */
  long epoch() {
    return cluster.stateWithLeader().processes().stream()
        .filter(node -> node.epoch() != null)
        .mapToLong(NodeState::epoch)
        .max()
        .orElseThrow();
  }

  /** How much is committed, as any replica knows. */
  long committed() {
    long most = 0;
    for (String name : replicas()) {
      Long index = cluster.commitIndex(name);
      most = Math.max(most, index == null ? 0 : index);
    }
    return most;
  }

  boolean isReady(String name) {
    return cluster.missing(name) == null;
  }

  /** Another replica leads, and that one knows that it does not. */
  void awaitDeposed(String replica) {
    await(
        "another leader than " + replica,
        () -> {
          String leader = cluster.state().leader();
          return leader != null && !leader.equals(replica) && !claimsToLead(replica);
        });
  }

  private boolean claimsToLead(String replica) {
    NodePlan node = cluster.node(replica);
    try {
      return site.get(node, "/metrics", 1000).body().contains("\nbazaar_order_leader 1");
    } catch (IOException e) {
      // On a busy machine an answer may come too late; then it is asked again.
      return true;
    }
  }

  /** It is in the leader's epoch and has all that is committed now; it may even lead again. */
  void awaitCaughtUp(String replica) {
    long committed = committed();
    await(
        replica + " to follow, up to entry " + committed,
        () -> {
          ClusterState state = cluster.state();
          Long index = cluster.commitIndex(replica);
          return state.leader() != null
              && index != null
              && index >= committed
              && Objects.equals(
                  state.process(replica).epoch(), state.process(state.leader()).epoch());
        });
  }

  /** More is committed than now. */
  void awaitTrades() {
    long committed = committed();
    await("trades", () -> committed() > committed);
  }

  void await(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LiveSystem.PATIENCE_MILLIS);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new FailedException("waited in vain for " + what);
      }
      pause(50);
    }
  }

  void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
