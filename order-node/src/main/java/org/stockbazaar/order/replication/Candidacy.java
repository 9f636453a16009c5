package org.stockbazaar.order.replication;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Vote;
import org.stockbazaar.protocol.message.Reason;

/** One replica's stand for election in one epoch: pre-votes (thesis 9.6), then votes (3.4). */
final class Candidacy {
  private final Replica replica;
  private final long epoch;
  private final boolean handOver;
  private final List<Integer> answered;
  private final long deadlineNanos;
  private final Set<Integer> granted = new TreeSet<>();
  private final Set<Integer> refused = new TreeSet<>();
  private boolean preVote = true;
  private Reason reason = Reason.NO_MAJORITY;

  /**
   * @param epoch the one to lead in
   * @param handOver whether the leader asked for this (3.10)
   * @param answered ids that answered the nominating gateway
   */
  Candidacy(Replica replica, long epoch, boolean handOver, List<Integer> answered, long nowNanos) {
    this.replica = replica;
    this.epoch = epoch;
    this.handOver = handOver;
    this.answered = answered;
    deadlineNanos = nowNanos + replica.timing.candidacyNanos();
  }

  boolean isHandOver() {
    return handOver;
  }

  /** True while the present leader waits for it: its Appends say nothing against it. */
  boolean isWanted() {
    return handOver && preVote;
  }

  /** Asks who would vote; changes nothing yet. */
  void ask(long nowNanos) {
    request();
    count(replica.group.self(), nowNanos);
  }

  /** Votes for itself, durably, and asks for votes. */
  void vote(long nowNanos) {
    preVote = false;
    granted.clear();
    refused.clear();
    replica.ballot.save(epoch, replica.group.self());
    replica.following.forget();
    request();
    count(replica.group.self(), nowNanos);
  }

  private void request() {
    Log log = replica.log;
    var request =
        new RequestVote(
            epoch, preVote, handOver, replica.group.self(), log.lastEpoch(), log.lastIndex());
    for (int member : replica.group.members()) {
      if (replica.group.isPeer(member)) {
        replica.outbox.send(member, request);
      }
    }
  }

  void on(int from, Vote vote, long nowNanos) {
    if (vote.preVote() != preVote) {
      return;
    }
    if (vote.granted()) {
      if (vote.epoch() == epoch) {
        count(from, nowNanos);
      }
    } else if (!granted.contains(from)) {
      refuse(from, vote.reason());
    }
  }

  private void count(int from, long nowNanos) {
    refused.remove(from);
    granted.add(from);
    if (granted.size() < replica.group.majority()) {
      return;
    }
    if (preVote) {
      vote(nowNanos);
    } else {
      replica.lead(answered, nowNanos);
    }
  }

  private void refuse(int from, Reason why) {
    refused.add(from);
    // A newer log never goes away by waiting, a heard leader may: the nominator should know first.
    if (why == Reason.BEHIND || (why == Reason.HEARD_LEADER && reason != Reason.BEHIND)) {
      reason = why;
    }
    boolean lost = replica.group.members().size() - refused.size() < replica.group.majority();
    if (lost || (why == Reason.HEARD_LEADER && isAnswered())) {
      replica.follow(reason);
    }
  }

  /**
   * Who did not answer the gateway is dead, most likely: it should ask again, not wait for that.
   */
  private boolean isAnswered() {
    for (int id : answered) {
      if (!granted.contains(id) && !refused.contains(id)) {
        return false;
      }
    }
    return !answered.isEmpty();
  }

  void tick(long nowNanos) {
    if (nowNanos - deadlineNanos >= 0) {
      replica.follow(reason);
    }
  }

  long deadlineNanos() {
    return deadlineNanos;
  }
}
