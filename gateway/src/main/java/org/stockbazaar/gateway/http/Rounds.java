package org.stockbazaar.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.channel.Turns;

/**
 * Serves the sessions of a server a few together: the requests that were read are run one after the
 * other, and then their replies are sent. Work of one kind keeps the processor's caches warm, and
 * so few wait that their clients can go on while the next ones are served. What nobody follows is
 * served when all that came at once was read. Belongs to the event loop.
 */
final class Rounds {
  private static final int TOGETHER_MAX = 8;

  private final List<Intake> readable = new ArrayList<>(TOGETHER_MAX);
  private final List<ChannelHandlerContext> written = new ArrayList<>(TOGETHER_MAX);
  private Turns turns;
  private boolean running;

  /** Bytes have come there. */
  void read(Intake intake, EventLoop loop) {
    readable.add(intake);
    if (readable.size() < TOGETHER_MAX || running) {
      request(loop);
    } else {
      run();
    }
  }

  /** Something was written there. */
  void wrote(ChannelHandlerContext session) {
    written.add(session);
    if (running) {
      return;
    }
    if (written.size() < TOGETHER_MAX) {
      request(session.channel().eventLoop());
    } else {
      // No requests: a session is in the middle of its reply.
      running = true;
      send();
    }
  }

  private void request(EventLoop loop) {
    if (turns == null) {
      turns = new Turns(loop, this::run);
    }
    turns.request();
  }

  /** Serves what waits for its round. */
  void run() {
    running = true;
    try {
      for (int i = 0; i < readable.size(); i++) {
        readable.get(i).resume();
      }
    } finally {
      readable.clear();
      send();
    }
  }

  /** What becomes writable by it may be answered meanwhile, and leaves as well. */
  private void send() {
    try {
      for (int i = 0; i < written.size(); i++) {
        written.get(i).flush();
      }
    } finally {
      written.clear();
      running = false;
    }
  }
}
