package org.stockbazaar.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.channel.Turns;

/**
 * Sends what the sessions of a server have written, a few of them together: work of one kind after
 * the other keeps the processor's caches warm, and so few wait that their clients can go on while
 * the next ones are served. What nobody follows leaves when all that came at once was worked on.
 * Belongs to the event loop.
 */
final class Flushes {
  private static final int TOGETHER_MAX = 8;

  private final List<ChannelHandlerContext> waiting = new ArrayList<>(TOGETHER_MAX);
  private Turns turns;
  private boolean running;

  /** Something was written there. */
  void add(ChannelHandlerContext session) {
    if (turns == null) {
      turns = new Turns(session.channel().eventLoop(), this::run);
    }
    waiting.add(session);
    if (running) {
      return;
    }
    if (waiting.size() < TOGETHER_MAX) {
      turns.request();
    } else {
      run();
    }
  }

  /** What becomes writable by it may be answered meanwhile, and leaves as well. */
  private void run() {
    running = true;
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).flush();
    }
    waiting.clear();
    running = false;
  }
}
