package org.stockbazaar.order.replication;

import java.util.EnumSet;
import java.util.Set;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Vote;
import org.stockbazaar.protocol.message.Reason;

/** The voter's side of elections (thesis 3.4, 3.6.1, 4.2.3, 9.6). */
final class Voting {
  private static final Set<Reason> CHANGE_NOTHING =
      EnumSet.of(Reason.LEARNER, Reason.HEARD_LEADER, Reason.STALE_EPOCH);

  private final Replica replica;

  Voting(Replica replica) {
    this.replica = replica;
  }

  void on(int from, RequestVote request, long nowNanos) {
    if (request.candidate() != from || request.epoch() < 1) {
      replica.ignore();
      return;
    }
    Reason refusal = refusal(request, nowNanos);
    if (request.preVote() || CHANGE_NOTHING.contains(refusal)) {
      // Nothing changes, the epoch neither: who hears a leader is not disturbed (4.2.3).
      answer(from, request, refusal);
      return;
    }
    boolean granted = refusal == Reason.NONE;
    if (request.epoch() > replica.epoch()) {
      replica.adopt(request.epoch(), granted ? from : 0);
    } else if (granted && replica.ballot.votedFor() == 0) {
      replica.ballot.save(request.epoch(), from);
    }
    if (granted && request.handOver()) {
      replica.following.expect(from, nowNanos);
    }
    answer(from, request, refusal);
  }

  private Reason refusal(RequestVote request, long nowNanos) {
    if (!replica.ballot.isVoter()) {
      return Reason.LEARNER;
    }
    long epoch = replica.epoch();
    boolean stale = request.preVote() ? request.epoch() <= epoch : request.epoch() < epoch;
    if (stale) {
      return Reason.STALE_EPOCH;
    }
    if (!request.handOver() && (replica.isLeading() || replica.awaitsLeader(nowNanos))) {
      return Reason.HEARD_LEADER;
    }
    if (!isUpToDate(request)) {
      return Reason.BEHIND;
    }
    int votedFor = replica.ballot.votedFor();
    boolean free = request.epoch() > epoch || votedFor == 0 || votedFor == request.candidate();
    return free ? Reason.NONE : Reason.NO_MAJORITY;
  }

  /**
   * The election restriction (3.6.1): the candidate's log holds everything that may be committed.
   */
  private boolean isUpToDate(RequestVote request) {
    Log log = replica.log;
    return request.lastEpoch() > log.lastEpoch()
        || (request.lastEpoch() == log.lastEpoch() && request.lastIndex() >= log.lastIndex());
  }

  private void answer(int from, RequestVote request, Reason refusal) {
    boolean granted = refusal == Reason.NONE;
    long epoch = granted ? request.epoch() : replica.epoch();
    replica.outbox.promise(from, new Vote(epoch, request.preVote(), granted, refusal));
  }
}
