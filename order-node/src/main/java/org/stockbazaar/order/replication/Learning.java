package org.stockbazaar.order.replication;

import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Message.AskEpoch;
import org.stockbazaar.protocol.message.Message.EpochIs;

/**
 * How a learner becomes a voter. It is new, or has lost its disk: it may have voted, and may have
 * promised to keep entries that it has no longer, so nothing that it says may count before it knows
 * as much as it ever did. That is so when
 *
 * <ol>
 *   <li>every other replica has told its epoch since this process began: whoever it voted for had
 *       saved that epoch first, and still has it. Where it had voted for itself, nobody counts that
 *       vote any more, nor gives one to the process that asked for it: who told its epoch has met
 *       this process, and does not listen to the one before;
 *   <li>a leader of at least the highest of these epochs, elected without it, has filled its log up
 *       to an entry of that leader's own epoch that is committed without it: by leader completeness
 *       (thesis 3.6.3) what it had promised to keep is among it, where anybody was told of it.
 * </ol>
 *
 * <p>It then goes on in that leader's epoch with its vote spent. A leader stops to count what the
 * process before has acknowledged when its channel to the new one opens. When all others are blank,
 * the group is new and there is nothing to know.
 *
 * <p>Recovery by asking is that of Viewstamped Replication Revisited (Liskov and Cowling 2012,
 * section 4.3), which asks a majority and there relies on nothing being lost twice. All are asked
 * here, since the epoch of a candidate may be known to that candidate alone. A learner counts as
 * little as a non-voting member of the thesis (4.2.1).
 */
final class Learning {
  private final Replica replica;
  private final Map<Integer, EpochIs> told = new TreeMap<>();
  private long goal = Long.MAX_VALUE;
  private long askedNanos;
  private boolean asked;

  Learning(Replica replica) {
    this.replica = replica;
    foundGroup();
  }

  private boolean isOver() {
    return replica.ballot.isVoter();
  }

  // ---- the others' side ------------------------------------------------------------------------

  void asked(int from) {
    boolean voter = replica.ballot.isVoter();
    replica.outbox.promise(from, new EpochIs(replica.epoch(), voter, isBlank()));
  }

  private boolean isBlank() {
    return replica.epoch() == 0 && replica.log.lastIndex() == 0;
  }

  // ---- the learner's side ----------------------------------------------------------------------

  void opened(int peer) {
    if (!isOver()) {
      replica.outbox.send(peer, new AskEpoch());
    }
  }

  /** Asks those again who have not told, or were learners themselves. */
  void tick(long nowNanos) {
    if (isOver() || nanosToTick(nowNanos) > 0) {
      return;
    }
    asked = true;
    askedNanos = nowNanos;
    for (int member : replica.group.members()) {
      EpochIs known = told.get(member);
      if (replica.group.isPeer(member) && (known == null || !known.voter())) {
        replica.outbox.send(member, new AskEpoch());
      }
    }
  }

  long nanosToTick(long nowNanos) {
    if (isOver()) {
      return Long.MAX_VALUE;
    }
    return asked ? askedNanos + replica.timing.heartbeatNanos() - nowNanos : 0;
  }

  void on(int from, EpochIs epochIs) {
    if (isOver()) {
      return;
    }
    told.put(from, epochIs);
    if (epochIs.epoch() > replica.epoch()) {
      // A leader of an older epoch is not to fill this log: it hears of the newer one (3.3).
      replica.adopt(epochIs.epoch(), 0);
    }
    foundGroup();
  }

  private boolean allTold() {
    return told.size() == replica.group.members().size() - 1;
  }

  private void foundGroup() {
    if (!isOver() && allTold() && isBlank() && told.values().stream().allMatch(EpochIs::blank)) {
      replica.ballot.enroll();
    }
  }

  /** The leader's newest commit index, with an Append that was taken. */
  void told(long commitIndex) {
    goal = commitIndex;
  }

  /** The own log is on the disk up to {@code index}. */
  void synced(long index) {
    if (isOver() || !allTold() || replica.commitIndex() < goal || index < goal) {
      return;
    }
    boolean ownEpoch = replica.log.epochAt(goal) == replica.epoch();
    int leader = replica.following.leader();
    if (ownEpoch && leader != 0) {
      replica.ballot.save(replica.epoch(), leader);
      replica.ballot.enroll();
    }
  }

  /** What is missing, for people; empty for a voter. */
  String describe() {
    if (isOver()) {
      return "";
    }
    var silent = new TreeMap<Integer, String>();
    int learners = 1;
    for (int member : replica.group.members()) {
      EpochIs known = told.get(member);
      if (known == null && replica.group.isPeer(member)) {
        silent.put(member, "order-" + member);
      } else if (known != null && !known.voter()) {
        learners++;
      }
    }
    if (!silent.isEmpty()) {
      return "the epochs of " + String.join(", ", silent.values());
    }
    int members = replica.group.members().size();
    if (learners > members - replica.group.majority()) {
      return learners
          + " of "
          + members
          + " replicas do not know what they promised: restore their data directories from a copy";
    }
    return "a leader to learn from, and what it has";
  }
}
