package org.stockbazaar.order.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Reason;

/** The leader's side of replication in one epoch: sends, counts, commits, steps down. */
final class Leadership {
  private static final long PREFER_AFTER_NANOS = 200_000_000L;

  private final Replica replica;
  private final List<Progress> peers = new ArrayList<>();
  private final List<Integer> answered;
  private final long[] places;
  private long epochIndex;
  private boolean serving;

  /** The own log is on the disk up to here; an own entry counts from then on only. */
  private long synced;

  /** The newest confirmation round asked for, whether it was sent, and the newest confirmed. */
  private long round;

  private boolean roundOut;

  /** Where the log ended after the last flush, and how much who is behind gets in this one. */
  private long flushedIndex;

  private int slice;
  private long roundTold;
  private long tickNanos;

  /** When it lets the highest id lead, and whether it has. */
  private long preferNanos;

  private boolean preferred;

  Leadership(Replica replica, List<Integer> answered, long nowNanos) {
    this.replica = replica;
    this.answered = answered;
    synced = replica.log.syncedIndex();
    flushedIndex = replica.log.lastIndex();
    slice = replica.timing.sliceMax();
    tickNanos = nowNanos;
    places = new long[replica.group.members().size()];
    round = replica.nextRound();
    roundTold = round;
    roundOut = true;
    for (int member : replica.group.members()) {
      if (replica.group.isPeer(member)) {
        peers.add(new Progress(member, replica.log.lastIndex() + 1, nowNanos));
      }
    }
  }

  /** The entry at {@code index} opens the epoch. */
  void opens(long index) {
    epochIndex = index;
  }

  boolean isServing() {
    return serving;
  }

  /** True when {@code peer} lacks so little that a pause in trading lets it catch up. */
  boolean isNear(int peer) {
    var progress = progress(peer);
    return serving
        && progress.voter
        && !progress.probing
        && replica.log.lastIndex() - progress.match <= replica.timing.batchMax();
  }

  /** True when {@code peer} has everything that this leader has. */
  boolean has(int peer) {
    var progress = progress(peer);
    return serving && progress.voter && progress.match == replica.log.lastIndex();
  }

  /** True when {@code peer} said that it is a learner, which never leads. */
  boolean isLearner(int peer) {
    return !progress(peer).voter;
  }

  /** True when {@code peer} was heard lately, so that it may be asked to take over. */
  boolean isLive(int peer, long nowNanos) {
    var progress = progress(peer);
    return !progress.gone && nowNanos - progress.heardNanos < replica.timing.stickinessNanos();
  }

  /** Who takes over when this replica leaves: the highest id that can at once; 0 for nobody. */
  int successor(long nowNanos) {
    int successor = 0;
    for (Progress progress : peers) {
      if (progress.peer > successor && isNear(progress.peer) && isLive(progress.peer, nowNanos)) {
        successor = progress.peer;
      }
    }
    return successor;
  }

  // ---- answers ---------------------------------------------------------------------------------

  void on(int from, Appended appended, long nowNanos) {
    var progress = progress(from);
    if (appended.round() > progress.roundSent || appended.index() > replica.log.lastIndex() + 1) {
      replica.ignore();
      return;
    }
    progress.heardNanos = nowNanos;
    progress.gone = false;
    progress.voter = appended.voter();
    progress.roundHeard = Math.max(progress.roundHeard, appended.round());
    if (appended.success()) {
      succeeded(progress, appended.index(), nowNanos);
    } else if (appended.index() < progress.next && progress.match + 1 < progress.next) {
      // Where it wants to begin may lie before what it has: it skips an epoch as a whole.
      progress.probe(Math.max(appended.index(), progress.match + 1));
    }
    tellConfirmed();
  }

  private void succeeded(Progress progress, long index, long nowNanos) {
    if (index > replica.log.lastIndex()) {
      replica.ignore();
      return;
    }
    progress.matched(index);
    commit(nowNanos);
  }

  void synced(long index, long nowNanos) {
    synced = index;
    commit(nowNanos);
    tellConfirmed();
  }

  /** Only entries of the own epoch are committed by counting (3.6.2, figure 3.7). */
  private void commit(long nowNanos) {
    places[0] = synced;
    for (int i = 0; i < peers.size(); i++) {
      places[i + 1] = peers.get(i).voter ? peers.get(i).match : 0;
    }
    long index = heldByMajority();
    if (index <= replica.commitIndex() || replica.log.epochAt(index) != replica.epoch()) {
      return;
    }
    replica.commit(index);
    if (!serving && replica.isLeading() && index >= epochIndex) {
      serving = true;
      replica.serve();
      preferNanos = nowNanos + PREFER_AFTER_NANOS;
    }
  }

  /** The highest value that a majority of the places reaches. */
  private long heldByMajority() {
    Arrays.sort(places);
    return places[places.length - replica.group.majority()];
  }

  /**
   * Once after an election by nomination, the highest id that answered is to lead (3.10): a little
   * later, or who waited for this election would wait for the next one, too.
   */
  private void prefer(long nowNanos) {
    if (!serving || preferred || nowNanos - preferNanos < 0) {
      return;
    }
    preferred = true;
    int highest = replica.group.self();
    for (int id : answered) {
      if (id > highest && replica.group.isPeer(id)) {
        highest = id;
      }
    }
    if (highest != replica.group.self()) {
      replica.handing.begin(highest, reply -> {}, nowNanos);
    }
  }

  // ---- confirmation (6.4) ----------------------------------------------------------------------

  /** A round that starts after now: one that was not sent yet serves all who ask before it is. */
  long confirm() {
    if (roundOut) {
      round = replica.nextRound();
      roundOut = false;
    }
    return round;
  }

  boolean isAsking() {
    return !roundOut;
  }

  private void tellConfirmed() {
    if (!serving || roundTold == round) {
      return;
    }
    places[0] = roundOut ? round : roundTold;
    for (int i = 0; i < peers.size(); i++) {
      places[i + 1] = peers.get(i).voter ? peers.get(i).roundHeard : 0;
    }
    long confirmed = heldByMajority();
    if (confirmed > roundTold) {
      roundTold = confirmed;
      replica.outbox.confirmed(confirmed);
    }
  }

  // ---- sending ---------------------------------------------------------------------------------

  void flush(long nowNanos) {
    boolean ask = !roundOut;
    roundOut = true;
    long grown = replica.log.lastIndex() - flushedIndex;
    flushedIndex = replica.log.lastIndex();
    // At least twice what came since, or who is behind would stay there.
    slice =
        (int) Math.min(replica.timing.batchMax(), Math.max(replica.timing.sliceMax(), 2 * grown));
    for (Progress progress : peers) {
      boolean sent = false;
      boolean more = true;
      while (more && progress.wants(replica.log.lastIndex(), replica.timing.windowMax())) {
        // Who lacks much gets a little in each turn: trades are not to wait for its reading.
        more = !isBehind(progress);
        send(progress, nowNanos);
        sent = true;
      }
      if (ask && !sent) {
        beat(progress, nowNanos);
      }
    }
    tellConfirmed();
  }

  void tick(long nowNanos) {
    forgiveOwnStall(nowNanos);
    prefer(nowNanos);
    if (!hearsMajority(nowNanos)) {
      // It may have been deposed without knowing: its clients should look elsewhere (6.2).
      replica.follow(Reason.NO_MAJORITY);
      return;
    }
    for (Progress progress : peers) {
      if (nowNanos - progress.sentNanos >= replica.timing.heartbeatNanos()) {
        // A probe that was lost is repeated without entries: the peer may be away for long.
        if (!progress.probing
            && progress.wants(replica.log.lastIndex(), replica.timing.windowMax())) {
          send(progress, nowNanos);
        } else {
          beat(progress, nowNanos);
        }
      }
    }
  }

  /** Who did not run could not hear: a span without a tick does not count as the peers' silence. */
  private void forgiveOwnStall(long nowNanos) {
    long stalled = nowNanos - tickNanos - 2 * replica.timing.heartbeatNanos();
    tickNanos = nowNanos;
    if (stalled > 0) {
      for (Progress progress : peers) {
        progress.heardNanos = Math.min(nowNanos, progress.heardNanos + stalled);
      }
    }
  }

  private boolean hearsMajority(long nowNanos) {
    int count = 1;
    for (Progress progress : peers) {
      boolean heard = nowNanos - progress.heardNanos < replica.timing.majorityNanos();
      if (heard && progress.voter) {
        count++;
      }
    }
    return count >= replica.group.majority();
  }

  long nextHeartbeatNanos() {
    long next = peers.get(0).sentNanos;
    for (Progress progress : peers) {
      next = progress.sentNanos - next < 0 ? progress.sentNanos : next;
    }
    return next + replica.timing.heartbeatNanos();
  }

  private boolean isBehind(Progress progress) {
    return replica.log.lastIndex() - progress.next >= replica.timing.batchMax();
  }

  private void send(Progress progress, long nowNanos) {
    int most = isBehind(progress) ? slice : replica.timing.batchMax();
    var entries = replica.log.read(progress.next, most);
    send(progress, entries, nowNanos);
    if (progress.probing) {
      progress.probed = true;
    } else {
      progress.next += entries.size();
    }
  }

  /** An Append without entries: it keeps the peer following, and shows when something was lost. */
  private void beat(Progress progress, long nowNanos) {
    send(progress, List.of(), nowNanos);
  }

  private void send(Progress progress, List<Entry> entries, long nowNanos) {
    long previous = progress.next - 1;
    progress.sentNanos = nowNanos;
    progress.roundSent = roundOut ? round : Math.max(progress.roundSent, roundTold);
    replica.outbox.send(
        progress.peer,
        new Append(
            replica.epoch(),
            replica.group.self(),
            progress.roundSent,
            previous,
            replica.log.epochAt(previous),
            replica.log.checksumAt(previous),
            replica.commitIndex(),
            replica.releasedIndex(),
            entries));
  }

  void closed(int peer) {
    progress(peer).gone = true;
  }

  void reopened(int peer) {
    progress(peer).reopened(replica.log.lastIndex() + 1);
  }

  private Progress progress(int peer) {
    for (Progress progress : peers) {
      if (progress.peer == peer) {
        return progress;
      }
    }
    throw new IllegalArgumentException("no peer " + peer);
  }
}
