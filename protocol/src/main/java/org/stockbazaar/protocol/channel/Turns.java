package org.stockbazaar.protocol.channel;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;

/**
 * Runs a node's turn once after all that the event loop read and ran in its current iteration, so
 * that one append, one sync and one flush serve everything that came together.
 */
public final class Turns {
  private final EventLoop loop;
  private final Runnable turn;
  private boolean requested;
  private boolean running;

  public Turns(EventLoop loop, Runnable turn) {
    this.loop = loop;
    this.turn = turn;
  }

  /** Asks for a turn; on the loop. Asked for in a turn, it comes after the next reads. */
  public void request() {
    Loops.checkOn(loop);
    if (requested) {
      return;
    }
    requested = true;
    if (running) {
      loop.execute(this::schedule);
    } else {
      schedule();
    }
  }

  private void schedule() {
    if (loop instanceof SingleThreadEventLoop iterations) {
      iterations.executeAfterEventLoopIteration(this::run);
    } else {
      loop.execute(this::run);
    }
  }

  private void run() {
    requested = false;
    running = true;
    try {
      turn.run();
    } catch (Throwable unforeseen) {
      Loops.report(unforeseen);
    } finally {
      running = false;
    }
  }
}
