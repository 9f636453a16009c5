package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.channel.Turns;

/** Flushes every link once, after all that the event loop read in this turn was worked on. */
final class Turn {
  private final List<Link> links = new ArrayList<>();
  private final Turns turns;

  Turn(EventLoop loop) {
    this.turns = new Turns(loop, this::flush);
  }

  void add(Link link) {
    links.add(link);
  }

  /** Something was sent. */
  void flushLater() {
    turns.request();
  }

  private void flush() {
    for (int i = 0; i < links.size(); i++) {
      links.get(i).flush();
    }
  }
}
