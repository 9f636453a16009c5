package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;

/**
 * Lines between machines: each delivers in order, or breaks and loses its end; different lines
 * overtake each other. A cut keeps what is sent, as TCP does, until it heals.
 */
final class Network {
  private static final long SPIKE_NANOS_MAX = 40 * World.MILLI;

  private final World world;
  private final SplittableRandom chance;
  private final long delayNanosMin;
  private final long delayNanosMax;
  private final int spikesPerMillion;
  private final List<Machine> machines = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<Way> cuts = new ArrayList<>();
  private final Watcher watcher;

  private final Map<Way, Long> slow = new HashMap<>();

  private record Way(Machine from, Machine to) {}

  /** Sees everything that is sent. */
  @FunctionalInterface
  interface Watcher {
    void sees(Machine from, Machine to, Message message);
  }

  /** How fast it is. */
  record Speed(long delayNanosMin, long delayNanosMax, int spikesPerMillion) {}

  Network(World world, Speed speed, Watcher watcher) {
    this.world = world;
    this.watcher = watcher;
    chance = world.chance();
    delayNanosMin = speed.delayNanosMin;
    delayNanosMax = speed.delayNanosMax;
    spikesPerMillion = speed.spikesPerMillion;
  }

  World world() {
    return world;
  }

  SplittableRandom chance() {
    return chance;
  }

  void add(Machine machine) {
    machines.add(machine);
  }

  Machine find(Role role, int node) {
    for (Machine machine : machines) {
      if (machine.role == role && machine.node == node) {
        return machine;
      }
    }
    throw new IllegalArgumentException("no machine " + role + " " + node);
  }

  /** A message is sent. */
  void sent(Machine from, Machine to, Message message) {
    watcher.sees(from, to, message);
  }

  /** How long it takes now from here to there. */
  long delayNanos(Machine from, Machine to) {
    return delayNanos() + (slow.isEmpty() ? 0 : slow.getOrDefault(new Way(from, to), 0L));
  }

  /** Makes one way longer; 0 sets it back. */
  void slow(Machine from, Machine to, long nanos) {
    if (nanos == 0) {
      slow.remove(new Way(from, to));
    } else {
      slow.put(new Way(from, to), nanos);
    }
  }

  /** How long one way takes now. */
  long delayNanos() {
    long delay = chance.nextLong(delayNanosMin, delayNanosMax + 1);
    if (spikesPerMillion > 0 && chance.nextInt(1_000_000) < spikesPerMillion) {
      delay += chance.nextLong(SPIKE_NANOS_MAX);
    }
    return delay;
  }

  // ---- lines -----------------------------------------------------------------------------------

  Line line(Machine client, Machine server) {
    lines.removeIf(Line::isOver);
    var line = new Line(this, client, server);
    lines.add(line);
    return line;
  }

  /**
   * A machine's process is gone: its kernel closes what it had open.
   *
   * @param silently not even that: the kernel is gone, too
   */
  void died(Machine machine, boolean silently) {
    for (Line line : lines) {
      line.died(machine, silently);
    }
  }

  /** Who still talks to the machine's life before this one is told so. */
  void rebooted(Machine machine) {
    for (Line line : List.copyOf(lines)) {
      line.rebooted(machine);
    }
  }

  /** Breaks one line, any one. */
  void breakOne() {
    lines.removeIf(Line::isOver);
    // The catalog's more often: leases outlive them.
    boolean any = chance.nextBoolean();
    var some = lines.stream().filter(line -> any || line.isOf(Role.CATALOG)).toList();
    if (!some.isEmpty()) {
      some.get(chance.nextInt(some.size())).tear();
    }
  }

  // ---- cuts ------------------------------------------------------------------------------------

  boolean isCut(Machine from, Machine to) {
    for (Way cut : cuts) {
      if (cut.from == from && cut.to == to) {
        return true;
      }
    }
    return false;
  }

  /** Nothing gets from here to there; what is on its way arrives. */
  void cut(Machine from, Machine to) {
    cuts.add(new Way(from, to));
  }

  /** Takes a cut back; what was kept is delivered when it was the last one. */
  void heal(Machine from, Machine to) {
    cuts.remove(new Way(from, to));
    if (!isCut(from, to)) {
      for (Line line : List.copyOf(lines)) {
        line.healed(from, to);
      }
    }
  }

  void healAll() {
    slow.clear();
    List.copyOf(lines).forEach(Line::noticeTear);
    for (Way cut : List.copyOf(cuts)) {
      heal(cut.from, cut.to);
    }
  }
}
