package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.message.Message;

/** Links to nodes that a test plays. Everything sent is handed over at the flush. */
final class FakeLinks implements Link.Factory {
  final SortedMap<Integer, FakeLink> orders = new TreeMap<>();
  FakeLink catalog;
  private final EventLoop loop;

  FakeLinks(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public Link order(int replica, Link.Listener listener) {
    var link = new FakeLink(listener);
    orders.put(replica, link);
    return link;
  }

  @Override
  public Link catalog(Link.Listener listener) {
    catalog = new FakeLink(listener);
    return catalog;
  }

  /** A request that left, and how to answer it. */
  static final class Sent {
    final Message message;
    final ReplyHandler handler;
    boolean ended;
    boolean left;

    Sent(Message message, ReplyHandler handler) {
      this.message = message;
      this.handler = handler;
    }

    void reply(Message reply) {
      if (!ended) {
        ended = true;
        handler.replied(reply);
      }
    }

    private void lose() {
      if (!ended) {
        ended = true;
        handler.lost(left);
      }
    }
  }

  final class FakeLink implements Link {
    private final Listener listener;
    private final List<Sent> unsent = new ArrayList<>();
    private final List<Sent> underway = new ArrayList<>();

    /** What left, oldest first; what {@link #answers} answered is not among it. */
    final List<Sent> sent = new ArrayList<>();

    final List<Message> told = new ArrayList<>();
    final List<Message> answered = new ArrayList<>();

    /** The node's own answers; null where the test answers. */
    Function<Message, Message> answers = message -> null;

    boolean started;
    private boolean open;

    FakeLink(Listener listener) {
      this.listener = listener;
    }

    void open() {
      open = true;
      listener.opened();
    }

    /** As a real channel closes: the listener hears of it first, then the calls are lost. */
    void cut() {
      open = false;
      var lost = new ArrayList<>(underway);
      lost.addAll(unsent);
      underway.clear();
      unsent.clear();
      listener.closed();
      lost.forEach(Sent::lose);
    }

    void push(long correlation, Message message) {
      listener.received(correlation, message);
    }

    <T> List<Sent> sent(Class<T> type) {
      return sent.stream().filter(s -> type.isInstance(s.message)).toList();
    }

    @Override
    public void start() {
      started = true;
    }

    @Override
    public void close() {
      if (open) {
        cut();
      }
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void call(Message request, long timeoutNanos, ReplyHandler handler) {
      if (!open) {
        handler.lost(false);
        return;
      }
      var call = new Sent(request, handler);
      unsent.add(call);
      loop.schedule(call::lose, timeoutNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void tell(Message message) {
      told.add(message);
    }

    @Override
    public void answer(long correlation, Message message) {
      answered.add(message);
    }

    @Override
    public void flush() {
      var leaving = new ArrayList<>(unsent);
      unsent.clear();
      for (Sent call : leaving) {
        call.left = true;
        underway.add(call);
        Message reply = answers.apply(call.message);
        if (reply == null) {
          sent.add(call);
        } else {
          loop.execute(() -> call.reply(reply));
        }
      }
    }
  }
}
