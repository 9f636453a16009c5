package org.stockbazaar.order.replication;

import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.HandOver;
import org.stockbazaar.protocol.message.Message.Transfer;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;

/**
 * A leader's hand-over to another replica (thesis 3.10): when that one has everything, it is told
 * to stand for election. Kept over the change of role, since the old leader says how it ended.
 */
final class HandingOver {
  private final Replica replica;

  /** To whom, 0 for nobody. */
  private int to;

  private Answer answer;
  private long deadlineNanos;

  /** Where the log ended when the target was told. */
  private long toldIndex;

  HandingOver(Replica replica) {
    this.replica = replica;
  }

  void on(Transfer transfer, Answer asker, long nowNanos) {
    if (!replica.isServing()) {
      int leader = replica.leader(nowNanos);
      asker.with(new Failed(Status.NOT_LEADER, Reason.NONE, leader, "ask the leader"));
    } else if (transfer.to() == replica.group.self()) {
      asker.with(new Elected(replica.epoch()));
    } else if (!replica.group.isPeer(transfer.to())) {
      String detail = "replica " + transfer.to() + " is not one of " + replica.group.members();
      asker.with(new Failed(Status.BAD_REQUEST, Reason.NONE, 0, detail));
    } else if (replica.leadsLearner(transfer.to())) {
      String detail = "replica " + transfer.to() + " is a learner until it has caught up";
      asker.with(new Failed(Status.REFUSED, Reason.LEARNER, 0, detail));
    } else if (!replica.hears(transfer.to(), nowNanos)) {
      asker.with(failed(0, "replica " + transfer.to() + " cannot be reached"));
    } else if (to != 0) {
      asker.with(new Failed(Status.BUSY, Reason.NONE, 0, "a hand-over is under way"));
    } else {
      begin(transfer.to(), asker, nowNanos);
    }
  }

  /** The leader's process is about to end: the best of those who can takes over. */
  void leave(Answer asker, long nowNanos) {
    int successor = replica.successor(nowNanos);
    if (successor == 0) {
      asker.with(failed(0, "nobody can take over"));
    } else {
      begin(successor, asker, nowNanos);
    }
  }

  void begin(int peer, Answer asker, long nowNanos) {
    if (to != 0) {
      end(failed(0, "another hand-over began"));
    }
    to = peer;
    answer = asker;
    deadlineNanos = nowNanos + replica.timing.handOverNanos();
    toldIndex = 0;
  }

  private void end(Message reply) {
    Answer asker = answer;
    to = 0;
    answer = null;
    asker.with(reply);
  }

  /** True when the target lacks so little that new trades should wait for it. */
  boolean isNear(Leadership leadership) {
    return to != 0 && leadership.isNear(to);
  }

  void flush(Leadership leadership) {
    if (leadership == null || to == 0 || !leadership.has(to)) {
      return;
    }
    if (toldIndex != replica.log.lastIndex()) {
      toldIndex = replica.log.lastIndex();
      replica.outbox.send(to, new HandOver(replica.epoch()));
    }
  }

  /** {@code leader} leads in the current epoch, and it is not this replica. */
  void heard(int leader) {
    if (to == leader) {
      end(new Elected(replica.epoch()));
    } else if (to != 0) {
      end(failed(leader, "another one leads"));
    }
  }

  /** The channel of {@code peer} closed. */
  void closed(int peer) {
    if (to == peer) {
      end(failed(0, "its channel closed"));
    }
  }

  void tick(long nowNanos) {
    if (to != 0 && nowNanos - deadlineNanos >= 0) {
      end(failed(0, "it did not take over in time"));
    } else if (to != 0 && replica.isLeading() && !replica.hears(to, nowNanos)) {
      // New trades wait for the target: not for one that is dead or stands still.
      end(failed(0, "it does not answer"));
    }
  }

  private static Failed failed(int leader, String detail) {
    return new Failed(Status.UNAVAILABLE, Reason.NO_MAJORITY, leader, detail);
  }

  long nanosToTick(long nowNanos) {
    return to == 0 ? Long.MAX_VALUE : deadlineNanos - nowNanos;
  }
}
