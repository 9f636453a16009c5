package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Status;

/**
 * An operator's request to whoever leads the order nodes: sent again as long as it surely was not
 * carried out, until its deadline.
 */
abstract class LeaderRequest implements ReplyHandler {
  private static final long AGAIN_MILLIS = 20;

  final OrderClient orders;
  final Outcome<Long> outcome;
  private final EventLoop loop;
  private final long deadlineNanos;
  private int asked;
  private String trouble = "no order node leads";

  LeaderRequest(EventLoop loop, OrderClient orders, long deadlineNanos, Outcome<Long> outcome) {
    this.loop = loop;
    this.orders = orders;
    this.deadlineNanos = deadlineNanos;
    this.outcome = outcome;
  }

  /** Asks the leader, or waits for one. */
  final void step() {
    int leader = orders.leader();
    long leftNanos = deadlineNanos - loop.ticker().nanoTime();
    if (leftNanos <= 0) {
      outcome.failed(new Problem(Kind.UNAVAILABLE, trouble));
    } else if (leader == 0) {
      again("no order node leads");
    } else {
      asked = leader;
      ask(leader, leftNanos);
    }
  }

  /** Asks {@code leader}; this is the handler. */
  abstract void ask(int leader, long timeoutNanos);

  /** The leader said no. */
  abstract void refused(Failed failed);

  /** The answer to the request; null for anything else. */
  abstract Long read(Message reply);

  @Override
  public final void replied(Message reply) {
    Long value = read(reply);
    if (value != null) {
      outcome.found(value);
    } else if (reply instanceof Failed failed) {
      if (failed.status() == Status.NOT_LEADER) {
        orders.refused(asked);
      }
      refused(failed);
    } else {
      outcome.failed(new Problem(Kind.INTERNAL, "the leader answered " + reply));
    }
  }

  /** It surely was not carried out. */
  final void again(String why) {
    trouble = why;
    loop.schedule(this::step, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
  }
}
