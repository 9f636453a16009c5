package org.stockbazaar.bench.experiment;

import java.util.List;
import org.stockbazaar.protocol.config.HostPort;

/**
 * What is to be measured.
 *
 * @param gateway somebody else's gateway; null for a fresh system of our own
 * @param sessions how many at once
 * @param requests stock lookups of each session at each point
 * @param percents probabilities of a trade after a lookup
 * @param repeat rounds of the whole experiment
 * @param warmUpMillis before each point; a fresh system gets {@link #WARM_UP_FRESH} times as much
 * @param failoverSeconds length of each failover run, 0 for none
 * @param replicas order nodes of a fresh system
 * @param sync {@code disk} or {@code os}: what an order of a fresh system waits for
 * @param seed decides the order of points, what is looked up and traded
 * @param deadlineMillis how long a request is retried
 */
public record BenchPlan(
    HostPort gateway,
    int sessions,
    int requests,
    List<Integer> percents,
    int repeat,
    long warmUpMillis,
    int failoverSeconds,
    int replicas,
    String sync,
    long seed,
    long deadlineMillis) {
  /** A fresh system's first warm-up is so many times as long: its compilers begin from nothing. */
  public static final int WARM_UP_FRESH = 5;

  /** Probability of a trade in failover runs, and in a fresh system's first warm-up. */
  public static final double FAILOVER_P = 0.8;

  public BenchPlan {
    percents = List.copyOf(percents);
  }

  /** Whether it measures a system that it starts itself. */
  public boolean isOwnSystem() {
    return gateway == null;
  }

  /** Whether there are failover runs: they take a system of its own that survives a kill. */
  public boolean hasFailover() {
    return isOwnSystem() && failoverSeconds > 0 && replicas > 1;
  }
}
