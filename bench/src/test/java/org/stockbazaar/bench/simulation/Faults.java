package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.stockbazaar.bench.simulation.Swarm.Fault;

/** Does harm, as the swarm has it, until it is told to stop. */
final class Faults {
  private static final long DOWN_NANOS_MAX = 1_500 * World.MILLI;
  private static final long SHORTLY_DOWN_NANOS_MAX = 50 * World.MILLI;
  private static final long PAUSE_NANOS_MAX = 1_500 * World.MILLI;
  private static final long BRIEF_PAUSE_NANOS_MAX = 60 * World.MILLI;
  private static final long SLOW_NANOS_MAX = 300 * World.MILLI;
  private static final long CUT_NANOS_MAX = 2 * World.SECOND;

  private final World world;
  private final Network network;
  private final Machines machines;
  private final SplittableRandom chance;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final Swarm.Focus focus;
  private boolean going = true;

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
      case CUT_ONE_WAY -> cut(any(), any());
      case CUT_BOTH_WAYS -> {
        Machine one = any();
        Machine other = any();
        cut(one, other);
        cut(other, one);
      }
      case SLOW_WAY -> slow(any(), any());
      case ISOLATE -> isolate(any());
      case BREAK_LINE -> network.breakOne();
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
      order.doom();
      world.at(world.nowNanos() + chance.nextLong(200 * World.MILLI), () -> crash(order, true));
    }
  }

  private void reviveLater(Machine machine) {
    long downNanosMax = chance.nextBoolean() ? DOWN_NANOS_MAX : SHORTLY_DOWN_NANOS_MAX;
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

  private void slow(Machine from, Machine to) {
    network.slow(from, to, chance.nextLong(SLOW_NANOS_MAX));
    world.at(world.nowNanos() + chance.nextLong(CUT_NANOS_MAX), () -> network.slow(from, to, 0));
  }

  private void cut(Machine from, Machine to) {
    network.cut(from, to);
    world.at(world.nowNanos() + chance.nextLong(CUT_NANOS_MAX), () -> network.heal(from, to));
  }

  private void isolate(Machine machine) {
    for (Machine other : machines.all()) {
      if (other != machine) {
        cut(machine, other);
        cut(other, machine);
      }
    }
  }
}
