package org.stockbazaar.bench.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.stockbazaar.bench.chaos.Fault.Action;
import org.stockbazaar.bench.chaos.Fault.Strike;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.ClusterState;
import org.stockbazaar.bench.cluster.NodeState;
import org.stockbazaar.bench.cluster.Transfer;
import org.stockbazaar.protocol.config.FailedException;

/** Lets one fault after the other happen to a system, each time on a whole one. */
final class Havoc {
  private static final long FIRST_FAULT_MILLIS = 2_000;

  private final Cluster cluster;
  private final ChaosPlan plan;
  private final SplittableRandom random;
  private final Witness witness;
  private final long startNanos;
  private final List<String> paused = Collections.synchronizedList(new ArrayList<>());

  /** A process that is hit. */
  private record Hit(Action action, String name) {}

  Havoc(Cluster cluster, ChaosPlan plan, SplittableRandom random, Witness witness) {
    this.cluster = cluster;
    this.plan = plan;
    this.random = random;
    this.witness = witness;
    startNanos = System.nanoTime();
  }

  /**
   * Goes on until the time is over, or so many faults have happened, and leaves a system that is
   * ready; FailedException when it does not get ready.
   */
  void run() {
    // The processes are not ours to keep stopped when somebody ends this command.
    var resuming = new Thread(this::resumeAll, "resume");
    Runtime.getRuntime().addShutdownHook(resuming);
    try {
      long end = startNanos + TimeUnit.SECONDS.toNanos(plan.seconds());
      // What starting clients take for themselves is not to be blamed on the first fault.
      sleep(Math.min(FIRST_FAULT_MILLIS, TimeUnit.SECONDS.toMillis(plan.seconds()) / 4));
      quiet();
      for (int i = 0; i < plan.count() && System.nanoTime() - end < 0; i++) {
        List<Fault> faults = plan.faults();
        int choice = plan.inTurn() ? i % faults.size() : random.nextInt(faults.size());
        happen(faults.get(choice));
      }
    } finally {
      resumeAll();
      Runtime.getRuntime().removeShutdownHook(resuming);
    }
  }

  private void happen(Fault fault) {
    List<Hit> hits = hits(fault);
    long hold = hold();
    witness.sees(
        fault.toString(),
        hits.stream().map(Hit::name).sorted().toList(),
        () -> {
          hits.forEach(this::strike);
          if (hits.stream()
              .anyMatch(hit -> hit.action == Action.KILL || hit.action == Action.PAUSE)) {
            sleep(hold);
          }
        },
        () -> mend(hits),
        this::quiet);
  }

  /** Short times as often as long ones: within a lease other things go wrong than behind it. */
  private long hold() {
    double longest = (double) plan.holdMillis() / plan.holdMillisMin();
    return Math.round(plan.holdMillisMin() * Math.pow(longest, random.nextDouble()));
  }

  /** Time for clients on a whole system. */
  private void quiet() {
    sleep(plan.gapMillis() / 4 + random.nextLong(plan.gapMillis() + 1L) * 3 / 4);
  }

  private List<Hit> hits(Fault fault) {
    ClusterState state = cluster.stateWithLeader();
    List<Hit> hits = new ArrayList<>();
    for (Strike strike : fault.strikes()) {
      List<String> names = new ArrayList<>();
      for (NodeState node : state.processes()) {
        boolean hit = hits.stream().anyMatch(other -> other.name().equals(node.name()));
        if (!hit && isMeant(strike.target(), node)) {
          names.add(node.name());
        }
      }
      // Two strikes may mean the same process; then one is enough.
      if (!names.isEmpty()) {
        hits.add(new Hit(strike.action(), names.get(random.nextInt(names.size()))));
      }
    }
    return hits;
  }

  private static boolean isMeant(String target, NodeState node) {
    return switch (target) {
      case "leader" -> "leader".equals(node.role());
      case "follower" -> "follower".equals(node.role());
      default -> target.equals(node.kind()) || target.equals(node.name());
    };
  }

  private void strike(Hit hit) {
    if (hit.action == Action.KILL) {
      cluster.kill(hit.name);
    } else if (hit.action == Action.PAUSE) {
      paused.add(hit.name);
      cluster.pause(hit.name);
    } else if (hit.action == Action.TRANSFER) {
      transfer(hit.name);
    }
  }

  /** Beside other faults it may be refused, and that is an answer. */
  private void transfer(String name) {
    try {
      new Transfer(cluster).to(name);
    } catch (FailedException e) {
      // What clients see of it is judged, as with every fault.
    }
  }

  /** Paused processes first: what is started may wait for them to become ready. */
  private void mend(List<Hit> hits) {
    resumeAll();
    Collections.shuffle(hits, new Random(random.nextLong()));
    for (Hit hit : hits) {
      if (hit.action == Action.KILL || hit.action == Action.RESTART) {
        cluster.restart(hit.name);
      }
    }
    cluster.start();
  }

  private void resumeAll() {
    synchronized (paused) {
      paused.forEach(cluster::resume);
      paused.clear();
    }
  }

  private static void sleep(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
