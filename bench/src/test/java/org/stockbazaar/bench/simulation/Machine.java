package org.stockbazaar.bench.simulation;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.message.Role;

/**
 * One process: it lives, is stopped and goes on (SIGSTOP, SIGCONT), dies and lives again. Its one
 * thread takes time for what it does, and what comes meanwhile waits.
 */
abstract class Machine {
  private static final long BOOT_NANOS_MAX = 3_600 * World.SECOND;

  final World world;
  final Network network;
  final Role role;
  final int node;
  final String name;
  final SplittableRandom chance;
  private final Failures failures;
  private final Consumer<Machine> mourners;
  private final List<World.Happening> kept = new ArrayList<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private SimulatedLoop loop;
  private long clockOffset;
  private long incarnation;
  private int life;
  private boolean up;
  private boolean paused;
  private boolean doomed;
  private boolean died;
  private Runnable afterDoom;
  private long busyUntilNanos;
  private long spentNanos;

  Machine(Surroundings around, Role role, int node) {
    world = around.world();
    network = around.network();
    failures = around.failures();
    mourners = around.mourners();
    this.role = role;
    this.node = node;
    name = role.word() + "-" + node;
    chance = world.chance();
    network.add(this);
  }

  /** What every machine stands in. */
  record Surroundings(
      World world, Network network, Failures failures, Consumer<Machine> mourners) {}

  /** Where violations go. */
  @FunctionalInterface
  interface Failures {
    void violated(String rule, Throwable cause);
  }

  // ---- what a kind of machine does -------------------------------------------------------------

  /** The process starts. */
  abstract void boot();

  /** The process is gone; what is left is what was on its disk. */
  abstract void gone(boolean powerCut);

  /** A node wants to talk; null refuses. */
  abstract Session accept(Connection connection);

  /** Looked at after everything that the process did. */
  abstract void inspect();

  // ---- life ------------------------------------------------------------------------------------

  int number() {
    return role.code() * 100 + node;
  }

  int life() {
    return life;
  }

  long incarnation() {
    return incarnation;
  }

  boolean isUp() {
    return up;
  }

  boolean isPaused() {
    return paused;
  }

  boolean isWell() {
    return up && !paused;
  }

  EventLoop loop() {
    return loop;
  }

  void start() {
    up = true;
    died = false;
    doomed = false;
    paused = false;
    life++;
    incarnation++;
    clockOffset = chance.nextLong(BOOT_NANOS_MAX);
    busyUntilNanos = world.nowNanos();
    loop = new SimulatedLoop(this);
    network.rebooted(this);
    world.at(world.nowNanos(), this, this::boot);
  }

  /** SIGKILL, or the power is cut: then also what was not synced is in danger. */
  void kill(boolean powerCut) {
    if (!up) {
      return;
    }
    up = false;
    paused = false;
    life++;
    kept.clear();
    tasks.clear();
    network.died(this, powerCut && chance.nextBoolean());
    gone(powerCut);
    mourners.accept(this);
  }

  /** The process has ended by itself; its files are closed. */
  void ended() {
    up = false;
    life++;
    kept.clear();
    tasks.clear();
    network.died(this, false);
    mourners.accept(this);
  }

  /** It dies in the middle of its next sync; what follows from that is done then. */
  void doom(Runnable following) {
    doomed = true;
    afterDoom = following;
  }

  /** What it was doomed to does not happen. */
  void spare() {
    doomed = false;
  }

  void pause() {
    paused = up;
  }

  void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    // The event loop finds timers that are due and sockets that are readable in either order.
    boolean timersLast = chance.nextBoolean();
    kept.forEach(happening -> world.resume(happening, timersLast));
    kept.clear();
  }

  void keep(World.Happening happening) {
    kept.add(happening);
  }

  // ---- the thread ------------------------------------------------------------------------------

  /** One iteration of the event loop: everything that happens now, then the tasks. */
  void iterate(World.Happening first) {
    spentNanos = 0;
    try {
      world.runTogether(this, first);
      runTasks();
    } catch (PowerCut cut) {
      died = true;
    } catch (RuntimeException | Error e) {
      failures.violated(name + " broke down", e);
    }
    busyUntilNanos = world.nowNanos() + spentNanos;
    spentNanos = 0;
    if (up) {
      inspect();
    }
    if (died) {
      kill(true);
      afterDoom.run();
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null && up && !died; task = tasks.poll()) {
      spend(World.HANDLING_NANOS);
      task.run();
    }
  }

  void execute(Runnable task) {
    tasks.add(task);
  }

  /** The process's monotonic clock. */
  long clockNanos() {
    return localNanos() + clockOffset;
  }

  /** The world's time for the process, which is a little further for what it just did. */
  long localNanos() {
    return world.nowNanos() + spentNanos;
  }

  long busyUntilNanos() {
    return busyUntilNanos;
  }

  /** The thread does something that takes so long. */
  void spend(long nanos) {
    spentNanos += nanos;
  }

  /** Called in a sync: the moment at which a machine may die. */
  void sync(long nanos) {
    spend(nanos);
    if (doomed) {
      throw new PowerCut();
    }
  }

  /** A node says that it cannot go on. */
  void stopped(String reason, Throwable cause) {
    if (cause instanceof PowerCut) {
      died = true;
    } else {
      failures.violated(name + " stopped: " + reason, cause);
    }
  }

  /** The end of a process in the middle of what it does. */
  static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;

    PowerCut() {
      super("power cut", null, false, false);
    }
  }
}
