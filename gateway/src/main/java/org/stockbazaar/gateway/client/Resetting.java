package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.WasReset;
import org.stockbazaar.protocol.message.Reason;

/**
 * An operator wants every stock as it was listed. A reset has no key, and a second one would undo
 * what was traded since: it is never sent again once it may have been logged.
 */
final class Resetting extends LeaderRequest {
  Resetting(EventLoop loop, OrderClient orders, long deadlineNanos, Outcome<Long> outcome) {
    super(loop, orders, deadlineNanos, outcome);
  }

  @Override
  void ask(int leader, long timeoutNanos) {
    orders.ask(leader, new Message.Reset(), timeoutNanos, this);
  }

  @Override
  Long read(Message reply) {
    return reply instanceof WasReset reset ? reset.index() : null;
  }

  @Override
  void refused(Failed failed) {
    if (failed.reason() == Reason.RESET_NOT_ALLOWED) {
      outcome.failed(new Problem(Kind.NOT_ALLOWED, "reset: " + failed.detail()));
    } else if (failed.reason() == Reason.OUTCOME_OPEN) {
      unknown("the leader could not finish it");
    } else {
      switch (failed.status()) {
        case NOT_LEADER, BUSY, UNAVAILABLE -> again(failed.detail());
        default -> outcome.failed(new Problem(Kind.INTERNAL, "the leader answered " + failed));
      }
    }
  }

  @Override
  public void lost(boolean sent) {
    if (sent) {
      unknown("the leader did not answer");
    } else {
      again("the leader cannot be reached");
    }
  }

  private void unknown(String why) {
    outcome.failed(new Problem(Kind.OUTCOME_UNKNOWN, why));
  }
}
