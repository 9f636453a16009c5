package org.stockbazaar.bench.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Simulated time: what is to happen, in order of time. Its trace is a hash over everything that
 * happened; equal seeds have equal traces.
 */
final class World {
  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;

  static final long HANDLING_NANOS = 3 * MICRO;
  private static final long TRACE_PRIME = 0x100000001b3L;

  private final PriorityQueue<Happening> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Happening h) -> h.atNanos).thenComparingLong(h -> h.order));
  private final SplittableRandom random;
  private long nowNanos;
  private long order;
  private long happened;
  private boolean halted;
  private long trace = 0xcbf29ce484222325L;

  /** Something to happen, to a machine or, without one, to the world. */
  static final class Happening {
    private final long order;
    private final Machine machine;
    private final int life;
    private Runnable action;
    private long atNanos;
    private boolean timer;

    private Happening(long atNanos, long order, Machine machine, Runnable action) {
      this.atNanos = atNanos;
      this.order = order;
      this.machine = machine;
      life = machine == null ? 0 : machine.life();
      this.action = action;
    }

    void cancel() {
      action = null;
    }

    /** Comes from the machine's own clock, not from outside. */
    Happening asTimer() {
      timer = true;
      return this;
    }

    private boolean isVoid() {
      return action == null || (machine != null && machine.life() != life);
    }
  }

  World(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A source of chance of its own, so that one part's appetite does not change another's luck. */
  SplittableRandom chance() {
    return random.split();
  }

  long nowNanos() {
    return nowNanos;
  }

  long happened() {
    return happened;
  }

  long trace() {
    return trace;
  }

  /** Makes {@code value} part of the trace. */
  void trace(long value) {
    trace = (trace ^ value) * TRACE_PRIME;
  }

  /** Has {@code action} happen to the world. */
  Happening at(long atNanos, Runnable action) {
    return at(atNanos, null, action);
  }

  /** Has {@code action} happen to this life of {@code machine}; not any more when that ends. */
  Happening at(long atNanos, Machine machine, Runnable action) {
    var happening = new Happening(Math.max(atNanos, nowNanos), order++, machine, action);
    queue.add(happening);
    return happening;
  }

  /** Lets everything happen up to this time, or until {@link #halt}. */
  void runUntil(long untilNanos) {
    while (!halted && !queue.isEmpty() && queue.peek().atNanos <= untilNanos) {
      next();
    }
    if (!halted) {
      nowNanos = Math.max(nowNanos, untilNanos);
    }
  }

  /** Nothing happens any more. */
  void halt() {
    halted = true;
  }

  private void next() {
    Happening next = queue.poll();
    if (next.isVoid()) {
      return;
    }
    nowNanos = next.atNanos;
    Machine machine = next.machine;
    if (machine == null) {
      begin(0);
      next.action.run();
    } else if (machine.isPaused()) {
      machine.keep(next);
    } else if (machine.busyUntilNanos() > nowNanos) {
      next.atNanos = machine.busyUntilNanos();
      queue.add(next);
    } else {
      machine.iterate(next);
    }
  }

  private void begin(int who) {
    happened++;
    trace(nowNanos);
    trace(who);
  }

  /** Runs what happens to {@code machine} now, and all else that happens to it at this time. */
  void runTogether(Machine machine, Happening first) {
    Happening next = first;
    do {
      if (!next.isVoid()) {
        begin(machine.number());
        machine.spend(HANDLING_NANOS);
        next.action.run();
      }
      next = queue.peek();
      boolean same = next != null && next.machine == machine && next.atNanos == nowNanos;
      next = same && machine.isUp() ? queue.poll() : null;
    } while (next != null);
  }

  /** Has what was kept happen now, in its old order; timers first or last. */
  void resume(Happening kept, boolean timersLast) {
    kept.atNanos = nowNanos + (timersLast && kept.timer ? 1 : 0);
    queue.add(kept);
  }
}
