package org.stockbazaar.bench.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What kind of run a seed is: how large the system, how fast its parts, and which faults how often.
 * Runs differ in kind, since faults hide each other when all of them always happen (Groce et al.,
 * "Swarm testing", ISSTA 2012).
 */
final class Swarm {
  /** A kind of fault. */
  enum Fault {
    CRASH_ORDER,
    CUT_POWER_OF_ORDER,
    LOSE_DISK,
    STOP_ORDER,
    CRASH_CATALOG,
    STOP_CATALOG,
    CRASH_GATEWAY,
    STOP_GATEWAY,
    PAUSE_ORDER,
    PAUSE_CATALOG,
    PAUSE_GATEWAY,
    PAUSE_BRIEFLY,
    CUT_ONE_WAY,
    CUT_BOTH_WAYS,
    SLOW_WAY,
    ISOLATE,
    BREAK_LINE,
    TRANSFER,
    CUT_ALL_POWER,
    CRASH_IN_ELECTION,
    STRAND,
    CRASH_CATALOG_UNNOTICED
  }

  /** Whom faults befall that may befall any. */
  enum Focus {
    ALL,
    ORDERS,
    CATALOG_AND_GATEWAYS
  }

  /** What a run is about: a few faults that matter together come often in it, and no others. */
  enum Theme {
    ANY,
    ELECTIONS,
    OUTAGES,
    STRANDED,
    LEASES,
    /** So many users want one stock that what waits for it is overtaken. */
    CROWDS,
    /** Nothing happens, but that two gateways each do not reach another replica. */
    CROSS_PURPOSES
  }

  private static final Theme[] DRAWN = {
    Theme.ANY, Theme.ELECTIONS, Theme.OUTAGES, Theme.STRANDED, Theme.LEASES, Theme.CROWDS
  };

  final Theme theme;
  final int replicas;
  final int gateways;
  final int users;
  final int stocks;
  final long thinkNanosMax;
  final long safetyNanos;
  final Network.Speed speed;
  final OrderMachine.Settings order;
  final int cacheEntries;
  final long deadlineNanos;
  final Focus focus;

  /** Mean time between two faults of a kind, in nanoseconds; kinds that are off are not in it. */
  final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

  private final SplittableRandom chance;

  /**
   * @param wanted the theme, null for any
   */
  Swarm(SplittableRandom chance, Theme wanted) {
    this.chance = chance;
    Theme drawn = chance.nextBoolean() ? Theme.ANY : any(DRAWN);
    theme = wanted == null ? drawn : wanted;
    int size = chance.nextInt(10);
    replicas = size < 2 && theme == Theme.ANY ? 1 : size < 9 ? 3 : 5;
    gateways = (theme == Theme.ANY ? 1 : 2) + chance.nextInt(3);
    boolean crowd = theme == Theme.CROWDS;
    users = (theme == Theme.ANY ? 1 : crowd ? 16 : 4) + chance.nextInt(crowd ? 16 : 6);
    stocks = crowd ? 1 : 1 + chance.nextInt(theme == Theme.LEASES ? 2 : 4);
    thinkNanosMax =
        crowd
            ? one(50, 500) * World.MICRO
            : (theme == Theme.ANY ? one(2, 10, 40, 200) : one(2, 10)) * World.MILLI;
    safetyNanos = crowd ? 300 * World.MILLI : one(2, 4, 8) * World.SECOND;
    boolean slow = theme == Theme.ELECTIONS || chance.nextInt(4) == 0;
    speed =
        new Network.Speed(
            10 * World.MICRO,
            (slow ? 8_000 : 200) * World.MICRO,
            chance.nextBoolean() ? 0 : (int) one(1_000, 10_000, 50_000));
    boolean small = theme == Theme.ELECTIONS || chance.nextInt(4) == 0;
    int batchMax = small ? 1 : (int) one(1024, 1024, 16);
    int segmentBytes = (int) one(64 << 10, 8 << 10);
    long syncNanosMax = one(40, 200, 5_000) * World.MICRO;
    if (theme == Theme.CROSS_PURPOSES) {
      // No disk that stalls for longer than a leader may be silent.
      syncNanosMax = 200 * World.MICRO;
    }
    order = new OrderMachine.Settings(batchMax, segmentBytes, syncNanosMax);
    int cache = chance.nextInt(8);
    cacheEntries = theme == Theme.LEASES || crowd || cache > 2 ? 100 : cache == 0 ? 0 : 1;
    deadlineNanos = one(5_000, 1_000, 300) * World.MILLI;
    focus = theme == Theme.LEASES || crowd ? Focus.CATALOG_AND_GATEWAYS : any(Focus.values());
    switch (theme) {
      case ANY -> anyFaults();
      case ELECTIONS -> often(60, Fault.CRASH_IN_ELECTION, Fault.CRASH_ORDER, Fault.TRANSFER);
      case OUTAGES -> often(200, Fault.CUT_ALL_POWER);
      case STRANDED -> often(500, Fault.STRAND);
      case CROWDS -> often(50, Fault.PAUSE_BRIEFLY, Fault.PAUSE_GATEWAY, Fault.PAUSE_CATALOG);
      case LEASES -> often(300, Fault.SLOW_WAY, Fault.CUT_ONE_WAY, Fault.BREAK_LINE);
      case CROSS_PURPOSES -> {}
    }
  }

  private void anyFaults() {
    boolean quiet = chance.nextInt(16) == 0;
    for (Fault fault : Fault.values()) {
      boolean on = !quiet && chance.nextInt(3) == 0;
      long mean = one(300, 1_000, 3_000) * World.MILLI;
      if (on) {
        faults.put(fault, mean);
      }
    }
  }

  private void often(long meanMillis, Fault... often) {
    for (Fault fault : often) {
      faults.put(fault, meanMillis * World.MILLI);
    }
  }

  private <T> T any(T[] values) {
    return values[chance.nextInt(values.length)];
  }

  private long one(long... values) {
    return values[chance.nextInt(values.length)];
  }

  @Override
  public String toString() {
    return replicas
        + " replicas, "
        + gateways
        + " gateways, "
        + users
        + " users, "
        + stocks
        + " stocks, theme "
        + theme
        + ", focus "
        + focus
        + ", faults "
        + faults.keySet();
  }
}
