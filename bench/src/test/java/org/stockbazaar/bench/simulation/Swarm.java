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
    TRANSFER
  }

  /** Whom faults befall that may befall any. */
  enum Focus {
    ALL,
    ORDERS,
    CATALOG_AND_GATEWAYS
  }

  final int replicas;
  final int gateways;
  final int users;
  final int stocks;
  final long thinkNanosMax;
  final long safetyNanos;
  final Network.Speed speed;
  final OrderMachine.Settings order;
  final int cacheEntries;
  final Focus focus;

  /** Mean time between two faults of a kind, in nanoseconds; kinds that are off are not in it. */
  final Map<Fault, Long> faults = new EnumMap<>(Fault.class);

  Swarm(SplittableRandom chance) {
    int size = chance.nextInt(10);
    replicas = size < 2 ? 1 : size < 9 ? 3 : 5;
    gateways = 1 + chance.nextInt(3);
    users = 1 + chance.nextInt(6);
    stocks = 1 + chance.nextInt(4);
    thinkNanosMax = one(chance, 2, 10, 40, 200) * World.MILLI;
    safetyNanos = one(chance, 2, 4, 8) * World.SECOND;
    boolean slow = chance.nextInt(4) == 0;
    speed =
        new Network.Speed(
            10 * World.MICRO,
            (slow ? 8_000 : 200) * World.MICRO,
            chance.nextBoolean() ? 0 : (int) one(chance, 1_000, 10_000, 50_000));
    order =
        new OrderMachine.Settings(
            (int) one(chance, 1024, 1024, 16, 1),
            (int) one(chance, 64 << 10, 8 << 10),
            one(chance, 40, 200, 5_000) * World.MICRO);
    cacheEntries = chance.nextInt(8) == 0 ? 0 : chance.nextInt(4) == 0 ? 1 : 100;
    focus = Focus.values()[chance.nextInt(Focus.values().length)];
    boolean quiet = chance.nextInt(16) == 0;
    for (Fault fault : Fault.values()) {
      boolean on = !quiet && chance.nextInt(3) == 0;
      long mean = one(chance, 300, 1_000, 3_000) * World.MILLI;
      if (on) {
        faults.put(fault, mean);
      }
    }
  }

  private static long one(SplittableRandom chance, long... values) {
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
        + " stocks, focus "
        + focus
        + ", faults "
        + faults.keySet();
  }
}
