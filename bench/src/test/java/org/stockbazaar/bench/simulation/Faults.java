package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.stockbazaar.bench.simulation.Swarm.Fault;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Vote;

/** Does harm, as the swarm has it, until it is told to stop. */
final class Faults {
  private static final long[] DOWN_NANOS_MAX = {
    5 * World.MILLI, 50 * World.MILLI, 300 * World.MILLI, 1_500 * World.MILLI
  };
  private static final long PAUSE_NANOS_MAX = 1_500 * World.MILLI;
  private static final long BRIEF_PAUSE_NANOS_MAX = 60 * World.MILLI;
  private static final long SLOW_NANOS_MAX = 300 * World.MILLI;
  private static final long SOON_NANOS_MAX = 5 * World.MILLI;
  private static final long LATER_NANOS_MAX = 50 * World.MILLI;
  private static final long STRANDED_PAUSE_NANOS_MAX = World.SECOND;
  private static final long CUT_NANOS_MAX = 2 * World.SECOND;

  private final World world;
  private final Network network;
  private final Machines machines;
  private final SplittableRandom chance;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final Swarm.Focus focus;
  private boolean going = true;
  private boolean trapSet;

  /** What can be harmed. */
  record Machines(
      List<OrderMachine> orders, CatalogMachine catalog, List<GatewayMachine> gateways) {
    List<Machine> all() {
      var all = new ArrayList<Machine>(orders);
      all.add(catalog);
      all.addAll(gateways);
      return all;
    }
  }

  Faults(World world, Network network, Machines machines, Swarm swarm) {
    this.world = world;
    this.network = network;
    this.machines = machines;
    chance = world.chance();
    focus = swarm.focus;
    swarm.faults.forEach(this::soon);
  }

  /** Does nothing any more, and takes everything back. */
  void heal() {
    going = false;
    network.healAll();
    for (Machine machine : machines.all()) {
      machine.spare();
      machine.resume();
      revive(machine);
    }
  }

  /** How often each kind was done. */
  Map<Fault, Integer> done() {
    return done;
  }

  private void soon(Fault fault, long mean) {
    world.at(
        world.nowNanos() + chance.nextLong(2 * mean),
        () -> {
          if (going) {
            done.merge(fault, 1, Integer::sum);
            doIt(fault);
            soon(fault, mean);
          }
        });
  }

  private void doIt(Fault fault) {
    switch (fault) {
      case CRASH_ORDER -> crash(anyOrder(), false);
      case CUT_POWER_OF_ORDER -> cutPower(anyOrder());
      case LOSE_DISK -> loseDisk(anyOrder());
      case STOP_ORDER -> {
        OrderMachine order = anyOrder();
        order.drain();
        reviveLater(order);
      }
      case CRASH_CATALOG -> crash(machines.catalog, chance.nextBoolean());
      case STOP_CATALOG -> {
        machines.catalog.drain();
        reviveLater(machines.catalog);
      }
      case CRASH_GATEWAY -> crash(anyGateway(), chance.nextBoolean());
      case STOP_GATEWAY -> {
        GatewayMachine gateway = anyGateway();
        gateway.drain();
        reviveLater(gateway);
      }
      case PAUSE_ORDER -> pause(anyOrder(), PAUSE_NANOS_MAX);
      case PAUSE_CATALOG -> pause(machines.catalog, PAUSE_NANOS_MAX);
      case PAUSE_GATEWAY -> pause(anyGateway(), PAUSE_NANOS_MAX);
      case PAUSE_BRIEFLY -> pause(any(), BRIEF_PAUSE_NANOS_MAX);
      case CUT_ONE_WAY -> cut(anyPair());
      case CUT_BOTH_WAYS -> {
        Pair pair = anyPair();
        cut(pair);
        cut(new Pair(pair.to, pair.from));
      }
      case SLOW_WAY -> slow(anyPair());
      case ISOLATE -> isolate(any());
      case BREAK_LINE -> network.breakOne();
      case CUT_ALL_POWER -> cutAllPower();
      case CRASH_IN_ELECTION -> trapSet = true;
      case STRAND -> strand(anyOrder(), anyGateway());
      case CRASH_CATALOG_UNNOTICED -> crashUnnoticed(anyGateway());
      case TRANSFER -> anyOrder().transfer(1 + chance.nextInt(machines.orders.size()));
    }
  }

  private Machine any() {
    return switch (focus) {
      case ALL -> {
        List<Machine> all = machines.all();
        yield all.get(chance.nextInt(all.size()));
      }
      case ORDERS -> machines.orders.get(chance.nextInt(machines.orders.size()));
      case CATALOG_AND_GATEWAYS -> chance.nextBoolean() ? machines.catalog : anyGateway();
    };
  }

  private record Pair(Machine from, Machine to) {}

  /** Where a gateway's lease is at stake more often than elsewhere. */
  private Pair anyPair() {
    return switch (chance.nextInt(4)) {
      case 0 -> new Pair(machines.catalog, anyGateway());
      case 1 -> new Pair(anyGateway(), machines.catalog);
      default -> new Pair(any(), any());
    };
  }

  /** Any order node, the leader more often than others. */
  private OrderMachine anyOrder() {
    if (chance.nextBoolean()) {
      for (OrderMachine order : machines.orders) {
        if (order.driver() != null && order.driver().isLeading()) {
          return order;
        }
      }
    }
    return machines.orders.get(chance.nextInt(machines.orders.size()));
  }

  private GatewayMachine anyGateway() {
    return machines.gateways.get(chance.nextInt(machines.gateways.size()));
  }

  private void crash(Machine machine, boolean powerCut) {
    machine.kill(powerCut);
    reviveLater(machine);
  }

  private void cutPower(OrderMachine order) {
    if (chance.nextBoolean()) {
      crash(order, true);
    } else {
      // In the middle of its next sync, when there is one.
      order.doom(() -> {});
      world.at(world.nowNanos() + chance.nextLong(200 * World.MILLI), () -> crash(order, true));
    }
  }

  /** Never more than a minority at a time: what the others have promised is needed (R8). */
  private void loseDisk(OrderMachine order) {
    long learners = machines.orders.stream().filter(o -> o == order || !o.isVoter()).count();
    if (learners <= machines.orders.size() - order.majority()) {
      order.loseDisk();
      reviveLater(order);
    } else {
      done.merge(Fault.LOSE_DISK, -1, Integer::sum);
    }
  }

  /** All order nodes lose power: one in the middle of a sync when it can be, the others soon. */
  private void cutAllPower() {
    OrderMachine first = machines.orders.get(chance.nextInt(machines.orders.size()));
    first.doom(
        () -> {
          for (OrderMachine order : machines.orders) {
            long after = chance.nextLong(SOON_NANOS_MAX);
            world.at(world.nowNanos() + after, () -> crash(order, true));
          }
        });
  }

  /** Sees what is sent: who votes, or gets a vote, may die of it. */
  void sees(Machine from, Machine to, Message message) {
    if (trapSet && going && message instanceof Vote vote && vote.granted() && !vote.preVote()) {
      trapSet = false;
      Machine victim = chance.nextBoolean() ? from : to;
      long dies =
          from.localNanos()
              + chance.nextLong(chance.nextBoolean() ? SOON_NANOS_MAX : LATER_NANOS_MAX);
      world.at(
          dies,
          () -> {
            victim.kill(true);
            reviveLater(victim);
          });
    }
  }

  /** An order node and a gateway are left alone with each other, and perhaps asleep at first. */
  private void strand(OrderMachine order, GatewayMachine gateway) {
    long nanos = chance.nextLong(CUT_NANOS_MAX);
    for (Machine other : machines.all()) {
      if (other != order && other != gateway) {
        for (Machine one : List.of(order, gateway)) {
          cut(one, other, nanos);
          cut(other, one, nanos);
        }
      }
    }
    if (chance.nextBoolean()) {
      long asleep = chance.nextLong(STRANDED_PAUSE_NANOS_MAX);
      for (Machine one : List.of(order, gateway)) {
        one.pause();
        world.at(world.nowNanos() + asleep, one::resume);
      }
    }
  }

  /** The catalog starts again while a gateway hears nothing of it. */
  private void crashUnnoticed(GatewayMachine gateway) {
    long nanos = chance.nextLong(SLOW_NANOS_MAX);
    cut(gateway, machines.catalog, nanos);
    cut(machines.catalog, gateway, nanos);
    machines.catalog.kill(true);
    long starts = world.nowNanos() + chance.nextLong(SOON_NANOS_MAX);
    world.at(starts, () -> revive(machines.catalog));
  }

  private void reviveLater(Machine machine) {
    long downNanosMax = DOWN_NANOS_MAX[chance.nextInt(DOWN_NANOS_MAX.length)];
    world.at(world.nowNanos() + chance.nextLong(downNanosMax), () -> revive(machine));
  }

  private static void revive(Machine machine) {
    if (!machine.isUp()) {
      machine.start();
    }
  }

  private void pause(Machine machine, long nanosMax) {
    machine.pause();
    world.at(world.nowNanos() + chance.nextLong(nanosMax), machine::resume);
  }

  private void slow(Pair pair) {
    network.slow(pair.from, pair.to, chance.nextLong(SLOW_NANOS_MAX));
    long until = world.nowNanos() + chance.nextLong(CUT_NANOS_MAX);
    world.at(until, () -> network.slow(pair.from, pair.to, 0));
  }

  private void cut(Pair pair) {
    cut(pair.from, pair.to, chance.nextLong(CUT_NANOS_MAX));
  }

  private void cut(Machine from, Machine to, long nanos) {
    network.cut(from, to);
    world.at(world.nowNanos() + nanos, () -> network.heal(from, to));
  }

  private void isolate(Machine machine) {
    for (Machine other : machines.all()) {
      if (other != machine) {
        cut(new Pair(machine, other));
        cut(new Pair(other, machine));
      }
    }
  }
}
