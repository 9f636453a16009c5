package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Repeats a step at a pace as long as the step asks for it, so that an idle gateway is idle. */
final class Pace {
  private final EventLoop loop;
  private final long periodNanos;
  private final BooleanSupplier step;
  private boolean running;

  /**
   * @param step tells whether it wants to be run again
   */
  Pace(EventLoop loop, long periodNanos, BooleanSupplier step) {
    this.loop = loop;
    this.periodNanos = periodNanos;
    this.step = step;
  }

  /** Runs the step one period from now, unless it is about to run anyway. */
  void start() {
    if (!running) {
      running = true;
      loop.schedule(this::run, periodNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void run() {
    running = false;
    if (step.getAsBoolean()) {
      start();
    }
  }
}
