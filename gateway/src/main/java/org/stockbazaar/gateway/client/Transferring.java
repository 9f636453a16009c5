package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;

/** An operator wants another replica to lead. To ask for it twice does no harm. */
final class Transferring extends LeaderRequest {
  private final int to;

  Transferring(
      EventLoop loop, OrderClient orders, long deadlineNanos, int to, Outcome<Long> outcome) {
    super(loop, orders, deadlineNanos, outcome);
    this.to = to;
  }

  @Override
  void ask(int leader, long timeoutNanos) {
    // Also when it seems to lead already: only it knows whether it still does.
    if (!orders.isOpen(to)) {
      fail("it cannot be reached");
    } else {
      orders.ask(leader, new Message.Transfer(to), timeoutNanos, this);
    }
  }

  @Override
  Long read(Message reply) {
    if (!(reply instanceof Elected elected)) {
      return null;
    }
    orders.elected(to, elected.epoch());
    return elected.epoch();
  }

  @Override
  void refused(Failed failed) {
    switch (failed.status()) {
      case NOT_LEADER, BUSY -> again(failed.detail());
      default -> fail(failed.detail().isEmpty() ? failed.reason().toString() : failed.detail());
    }
  }

  @Override
  public void lost(boolean sent) {
    again("the leader does not answer");
  }

  private void fail(String why) {
    outcome.failed(new Problem(Kind.NOT_POSSIBLE, "order-" + to + " does not take over: " + why));
  }
}
