package org.stockbazaar.order.replication;

import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Reason;

/** The follower's side of log replication (thesis 3.5): makes the own log the leader's. */
final class Following {
  private final Replica replica;

  /** Who proved by an Append to lead in the current epoch, 0 for nobody yet. */
  private int leader;

  /** False once its channel closed. */
  private boolean alive;

  private long heardNanos;

  /** Who is about to lead in the current epoch, since its leader handed over; 0 for nobody. */
  private int expected;

  private long expectedNanos;

  Following(Replica replica) {
    this.replica = replica;
  }

  int leader() {
    return leader;
  }

  /** True when a live leader was heard within the span of stickiness (4.2.3). */
  boolean hears(long nowNanos) {
    return alive && nowNanos - heardNanos < replica.timing.stickinessNanos();
  }

  /**
   * True when a hand-over got this replica's vote a moment ago: others should wait for its end, or
   * a gateway that hears of no leader meanwhile would undo it.
   */
  boolean expects(long nowNanos) {
    return expected != 0 && nowNanos - expectedNanos < replica.timing.stickinessNanos();
  }

  void expect(int candidate, long nowNanos) {
    expected = candidate;
    expectedNanos = nowNanos;
  }

  /** Another epoch: its leader is not known. */
  void forget() {
    expected = 0;
    leader = 0;
    alive = false;
  }

  void closed(int peer) {
    if (peer == leader) {
      alive = false;
    }
    if (peer == expected) {
      expected = 0;
    }
  }

  void on(int from, Append append, long nowNanos) {
    if (append.leader() != from) {
      replica.ignore();
      return;
    }
    if (append.epoch() < replica.epoch()) {
      // It learns that it was deposed (3.3).
      replica.outbox.send(from, answer(append, false, 0));
      return;
    }
    if (append.epoch() > replica.epoch()) {
      replica.adopt(append.epoch(), 0, Reason.HEARD_LEADER);
    } else if (replica.isLeading() || (leader != 0 && leader != from)) {
      // Election safety (3.6.3) rules a second leader out: this one is not to be believed.
      replica.ignore();
      return;
    }
    leader = from;
    alive = true;
    heardNanos = nowNanos;
    replica.heard(from);
    take(from, append);
  }

  private void take(int from, Append append) {
    Log log = replica.log;
    long previous = append.previousIndex();
    if (previous < 0 || previous > log.lastIndex()) {
      refuse(from, append, log.lastIndex() + 1);
      return;
    }
    if (log.epochAt(previous) != append.previousEpoch()
        || log.checksumAt(previous) != append.previousChecksum()) {
      if (previous <= replica.commitIndex()) {
        // Leader completeness (3.6.3): no leader lacks what is committed.
        replica.ignore();
      } else {
        refuse(from, append, Math.max(firstOfEpochAt(previous), replica.commitIndex() + 1));
      }
      return;
    }
    if (!follows(previous, append) || !write(append.entries())) {
      replica.ignore();
      return;
    }
    long match = previous + append.entries().size();
    replica.outbox.promise(from, answer(append, true, match));
    replica.released(Math.min(append.releasedIndex(), match));
    replica.commit(Math.min(append.commitIndex(), match));
    replica.learning.told(append.commitIndex());
  }

  private void refuse(int from, Append append, long hint) {
    replica.outbox.promise(from, answer(append, false, hint));
  }

  private Appended answer(Append append, boolean success, long index) {
    return new Appended(replica.epoch(), append.round(), success, index, replica.ballot.isVoter());
  }

  private boolean follows(long previous, Append append) {
    if (append.entries().isEmpty()) {
      return true;
    }
    Log log = replica.log;
    long nextNumber =
        previous == log.lastIndex()
            ? log.nextNumber()
            : previous == 0 ? 0 : log.read(previous).nextNumber();
    return Chain.follows(
        previous,
        append.previousEpoch(),
        append.previousChecksum(),
        nextNumber,
        append.epoch(),
        append.entries());
  }

  /** Skips what is there, cuts off what conflicts, appends the rest; false: not to be believed. */
  private boolean write(List<Entry> entries) {
    Log log = replica.log;
    for (Entry entry : entries) {
      long index = entry.index();
      if (index <= log.lastIndex()) {
        // Equal checksums: the logs are equal up to here (log matching, 3.6.3).
        if (log.epochAt(index) == entry.epoch() && log.checksumAt(index) == entry.checksum()) {
          continue;
        }
        if (index <= replica.commitIndex()) {
          return false;
        }
        log.truncate(index - 1);
        replica.outbox.truncated(index - 1);
      }
      replica.append(entry);
    }
    return true;
  }

  /** The conflicting epoch is skipped as a whole (3.5, the end); epochs never fall in a log. */
  private long firstOfEpochAt(long index) {
    Log log = replica.log;
    long epoch = log.epochAt(index);
    long low = 1;
    long high = index;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (log.epochAt(middle) < epoch) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
