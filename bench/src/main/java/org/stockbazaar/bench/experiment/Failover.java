package org.stockbazaar.bench.experiment;

import java.util.concurrent.TimeUnit;

/**
 * Clients on a system that has all its replicas, that lacks a follower, or whose leader is killed
 * when half of the time is over and started again at three quarters.
 */
final class Failover {
  private final Clients clients;
  private final long runMillis;

  Failover(Clients clients, BenchPlan plan) {
    this.clients = clients;
    runMillis = TimeUnit.SECONDS.toMillis(plan.failoverSeconds());
  }

  /** Measures, and leaves a system that is ready. */
  RunResult run(FreshSystem system, Outage outage, int round) {
    return switch (outage) {
      case NONE -> clients.measure(system.gateway(), outage, round, moments -> {});
      case FOLLOWER_DOWN -> withoutFollower(system, round);
      case LEADER_KILLED -> withKill(system, round);
    };
  }

  private RunResult withoutFollower(FreshSystem system, int round) {
    String follower = system.follower();
    system.kill(follower);
    Pause.quiet();
    RunResult result =
        clients.measure(system.gateway(), Outage.FOLLOWER_DOWN, round, moments -> {});
    Pause.quiet();
    system.restart(follower);
    return result;
  }

  private RunResult withKill(FreshSystem system, int round) {
    return clients.measure(
        system.gateway(),
        Outage.LEADER_KILLED,
        round,
        moments -> {
          String leader = system.leader();
          Pause.millis(runMillis / 2);
          moments.mark(leader + " killed");
          system.kill(leader);
          Pause.millis(runMillis / 4);
          moments.mark(leader + " started");
          system.restart(leader);
          moments.mark(leader + " ready");
        });
  }
}
