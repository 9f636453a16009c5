package org.stockbazaar.order.replication;

import java.util.List;
import java.util.function.LongSupplier;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Message.AskEpoch;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.EpochIs;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.HandOver;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Transfer;
import org.stockbazaar.protocol.message.Message.Vote;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;

/**
 * One replica of the order log: Raft (Ongaro's thesis, sections in brackets beside the rules), but
 * that nobody stands for election unless a gateway nominates it, or its leader hands over.
 *
 * <pre>
 *             nominate                  majority would vote            majority votes
 *   follower ──────────▶ pre-candidate ────────────────────▶ candidate ──────────────▶ leader
 *      ▲   ▲                  │ leader heard, refused, timeout   │                       │
 *      │   └──────────────────┴──────────────────────────────────┘                       │
 *      └─────────────── higher epoch, or no majority heard for 400 ms ───────────────────┘
 * </pre>
 *
 * <p>Pure: messages and the clock come in; effects go out through {@link Outbox}, in order. After
 * the events of one turn {@link #flush} sends what is new to the followers, and once the driver has
 * synced the log it says so by {@link #synced}. One thread. What a peer says wrongly is ignored and
 * counted, never an invariant's matter.
 */
public final class Replica {
  final Group group;
  final Timing timing;
  final Log log;
  final Ballot ballot;
  final Outbox outbox;
  final Following following = new Following(this);
  final Voting voting = new Voting(this);
  final HandingOver handing = new HandingOver(this);
  final Learning learning;
  private final long incarnation;
  private final LongSupplier timeMillis;
  private final Nominations nominations = new Nominations();

  /** Not null while this replica stands for election. */
  private Candidacy candidacy;

  /** Not null while it leads. */
  private Leadership leadership;

  private long commitIndex;
  private long releasedIndex;
  private long roundLast;
  private long ignored;

  /**
   * @param timeMillis gives the wall clock for {@link Entry#timeMillis}; decides nothing
   */
  public Replica(
      Group group,
      long incarnation,
      Timing timing,
      Storage storage,
      LongSupplier timeMillis,
      Outbox outbox) {
    this.group = group;
    this.incarnation = incarnation;
    this.timing = timing;
    this.log = storage.log();
    this.ballot = storage.ballot();
    this.timeMillis = timeMillis;
    this.outbox = outbox;
    learning = new Learning(this);
  }

  /** The log and the ballot of one replica. */
  public record Storage(Log log, Ballot ballot) {}

  // ---- events ----------------------------------------------------------------------------------

  /** Takes a message of replica {@code from}. */
  public void step(int from, Message message, long nowNanos) {
    if (!group.isPeer(from) || !Epochs.isEpoch(Epochs.of(message))) {
      ignored++;
      return;
    }
    if (message instanceof Append append) {
      following.on(from, append, nowNanos);
    } else if (message instanceof Appended appended) {
      onAppended(from, appended, nowNanos);
    } else if (message instanceof RequestVote request) {
      voting.on(from, request, nowNanos);
    } else if (message instanceof Vote vote) {
      onVote(from, vote, nowNanos);
    } else if (message instanceof HandOver handOver) {
      onHandOver(from, handOver, nowNanos);
    } else if (message instanceof AskEpoch) {
      learning.asked(from);
    } else if (message instanceof EpochIs epochIs) {
      learning.on(from, epochIs);
    }
  }

  private void onAppended(int from, Appended appended, long nowNanos) {
    if (appended.epoch() > epoch()) {
      adopt(appended.epoch(), 0);
    } else if (leadership != null && appended.epoch() == epoch()) {
      leadership.on(from, appended, nowNanos);
    }
  }

  private void onVote(int from, Vote vote, long nowNanos) {
    // A granted pre-vote names the epoch that was asked for, which nobody has entered yet (9.6).
    if (vote.epoch() > epoch() && !(vote.preVote() && vote.granted())) {
      Reason reason = vote.reason() == Reason.NONE ? Reason.STALE_EPOCH : vote.reason();
      adopt(vote.epoch(), 0, reason);
    } else if (candidacy != null) {
      candidacy.on(from, vote, nowNanos);
    }
  }

  private void onHandOver(int from, HandOver handOver, long nowNanos) {
    boolean fromLeader = leadership == null && from == following.leader();
    boolean mayStand = ballot.isVoter() && candidacy == null;
    if (handOver.epoch() != epoch() || !fromLeader || !mayStand) {
      ignored++;
      return;
    }
    // The leader itself wants to be followed by this replica (3.10). A pre-vote all the same (9.6):
    // one that reaches the leader but no majority would depose it, again and again.
    candidacy = new Candidacy(this, epoch() + 1, true, List.of(), nowNanos);
    candidacy.ask(nowNanos);
  }

  /** A gateway wants this replica to lead. */
  public void nominate(Nominate nominate, Answer answer, long nowNanos) {
    if (leadership != null && leadership.isServing()) {
      answer.with(new Elected(epoch()));
    } else if (!ballot.isVoter()) {
      answer.with(refused(Reason.LEARNER));
    } else if (leadership != null || candidacy != null) {
      nominations.add(answer);
    } else if (nominate.epoch() < epoch()) {
      answer.with(refused(Reason.STALE_EPOCH));
    } else if (!Epochs.isEpoch(nominate.epoch())) {
      answer.with(new Failed(Status.BAD_REQUEST, Reason.NONE, 0, "this is no epoch"));
    } else if (awaitsLeader(nowNanos)) {
      answer.with(refused(Reason.HEARD_LEADER));
    } else {
      nominations.add(answer);
      candidacy = new Candidacy(this, nominate.epoch() + 1, false, nominate.answered(), nowNanos);
      candidacy.ask(nowNanos);
    }
  }

  /** An operator wants replica {@code transfer.to()} to lead (3.10). */
  public void transfer(Transfer transfer, Answer answer, long nowNanos) {
    handing.on(transfer, answer, nowNanos);
  }

  /** The process is about to end: a leader hands over, if anybody can take over (3.10). */
  public void leave(Answer answer, long nowNanos) {
    handing.leave(answer, nowNanos);
  }

  /** This replica's state, for a gateway's ping. */
  public Pong pong(long nowNanos) {
    return new Pong(
        group.self(),
        incarnation,
        ballot.isVoter(),
        epoch(),
        log.lastEpoch(),
        log.lastIndex(),
        commitIndex,
        log.nextNumber(),
        leader(nowNanos),
        isServing());
  }

  /** A new channel to {@code peer} is open: what was sent on the old one may be lost. */
  public void peerOpened(int peer) {
    if (leadership != null && group.isPeer(peer)) {
      leadership.reopened(peer);
    }
    learning.opened(peer);
  }

  /** The channel of {@code peer} closed: when it leads, it is not alive any more. */
  public void peerClosed(int peer) {
    following.closed(peer);
    if (leadership != null && group.isPeer(peer)) {
      leadership.closed(peer);
    }
    handing.closed(peer);
  }

  /** The own log is on the disk up to {@code index}. */
  public void synced(long index, long nowNanos) {
    if (leadership != null) {
      leadership.synced(index, nowNanos);
    }
    learning.synced(index);
  }

  /** The leader's driver knows that every entry up to {@code index} is released. */
  public void released(long index) {
    releasedIndex = Math.max(releasedIndex, index);
  }

  /** Lets time pass. */
  public void tick(long nowNanos) {
    if (candidacy != null) {
      candidacy.tick(nowNanos);
    }
    if (leadership != null) {
      leadership.tick(nowNanos);
    }
    handing.tick(nowNanos);
    learning.tick(nowNanos);
  }

  /** Nanoseconds from now to when {@link #tick} has something to do; Long.MAX_VALUE for never. */
  public long nanosToTick(long nowNanos) {
    long nanos = Long.MAX_VALUE;
    if (candidacy != null) {
      nanos = Math.min(nanos, candidacy.deadlineNanos() - nowNanos);
    }
    if (leadership != null && !group.isAlone()) {
      nanos = Math.min(nanos, leadership.nextHeartbeatNanos() - nowNanos);
    }
    nanos = Math.min(nanos, learning.nanosToTick(nowNanos));
    return Math.max(0, Math.min(nanos, handing.nanosToTick(nowNanos)));
  }

  /** Ends the events of one turn: sends the followers what they lack. */
  public void flush(long nowNanos) {
    if (leadership != null) {
      leadership.flush(nowNanos);
    }
    handing.flush(leadership);
  }

  // ---- the leader's side -----------------------------------------------------------------------

  /** The leader appends an entry to its own log; synced and sent later in this turn. */
  public Entry propose(
      Entry.Kind kind,
      Key key,
      Side side,
      long quantity,
      long priceCents,
      long volumeMax,
      String stock) {
    Invariant.check(leadership != null, "only a leader appends to its own log", stock);
    long number = log.nextNumber() + (kind == Entry.Kind.TRADE ? 1 : 0);
    var entry =
        EntryCodec.sealed(
            log.lastChecksum(),
            new Entry(
                log.lastIndex() + 1,
                epoch(),
                kind,
                number,
                timeMillis.getAsLong(),
                key,
                side,
                quantity,
                priceCents,
                volumeMax,
                stock,
                0));
    append(entry);
    return entry;
  }

  void append(Entry entry) {
    log.append(entry);
    outbox.appended(entry);
  }

  /** The leader asks whether a majority still hears it; {@link Outbox#confirmed} tells (6.4). */
  public long confirm() {
    Invariant.check(leadership != null, "only a leader is confirmed", group.self());
    return leadership.confirm();
  }

  // ---- changes of role -------------------------------------------------------------------------

  /** Enters a higher epoch as a follower, with its vote given to {@code votedFor} or nobody. */
  void adopt(long epoch, int votedFor) {
    adopt(epoch, votedFor, Reason.NO_MAJORITY);
  }

  void adopt(long epoch, int votedFor, Reason reason) {
    Invariant.check(epoch > epoch(), "epochs grow", epoch);
    ballot.save(epoch, votedFor);
    following.forget();
    follow(reason);
  }

  /** Leads and stands for election no more. */
  void follow(Reason reason) {
    boolean led = leadership != null;
    candidacy = null;
    leadership = null;
    nominations.answer(refused(reason));
    if (led) {
      outbox.deposed(following.leader());
    }
  }

  void lead(List<Integer> answered, long nowNanos) {
    candidacy = null;
    following.forget();
    leadership = new Leadership(this, answered, nowNanos);
    // An entry of the own epoch: with it everything before it is committed (3.6.2, 6.4).
    Entry entry = propose(Entry.Kind.EPOCH, Key.NONE, null, 0, 0, 0, "");
    leadership.opens(entry.index());
    outbox.leads(epoch(), entry.index());
  }

  /** The leader's EPOCH entry is committed. */
  void serve() {
    outbox.serves();
    nominations.answer(new Elected(epoch()));
  }

  /** {@code leader} proved to lead in the current epoch. */
  void heard(int leader) {
    if (candidacy != null && !candidacy.isWanted()) {
      follow(Reason.HEARD_LEADER);
    }
    handing.heard(leader);
  }

  void commit(long index) {
    if (index > commitIndex) {
      Invariant.check(index <= log.lastIndex(), "what is committed is in the log", index);
      commitIndex = index;
      outbox.committed(index);
    }
  }

  void ignore() {
    ignored++;
  }

  long nextRound() {
    return ++roundLast;
  }

  static Failed refused(Reason reason) {
    return new Failed(Status.REFUSED, reason, 0, "");
  }

  // ---- state -----------------------------------------------------------------------------------

  public long epoch() {
    return ballot.epoch();
  }

  public long commitIndex() {
    return commitIndex;
  }

  public long releasedIndex() {
    return releasedIndex;
  }

  public boolean isLeading() {
    return leadership != null;
  }

  /** True when it leads and its EPOCH entry is committed. */
  public boolean isServing() {
    return leadership != null && leadership.isServing();
  }

  /** True while new trades should wait: the leader is about to hand over. */
  public boolean isHandingOver() {
    return leadership != null && handing.isNear(leadership);
  }

  /** True when a live leader is heard, or one that was handed the leadership is about to be. */
  boolean awaitsLeader(long nowNanos) {
    boolean takesOver = candidacy != null && candidacy.isHandOver();
    return takesOver || following.hears(nowNanos) || following.expects(nowNanos);
  }

  /** True for a leader that hears its peer {@code id}. */
  boolean hears(int id, long nowNanos) {
    return leadership != null && leadership.isLive(id, nowNanos);
  }

  /** Who can take over from this leader at once, 0 for nobody. */
  int successor(long nowNanos) {
    return leadership == null ? 0 : leadership.successor(nowNanos);
  }

  /** True for a leader whose peer {@code id} said that it is a learner. */
  boolean leadsLearner(int id) {
    return leadership != null && leadership.isLearner(id);
  }

  /** What a learner waits for before it votes, for people; empty for a voter. */
  public String learns() {
    return learning.describe();
  }

  /** True when {@link #flush} has a confirmation round to send. */
  public boolean isAsking() {
    return leadership != null && leadership.isAsking();
  }

  /** The live leader that this replica hears or is, 0 for none. */
  public int leader(long nowNanos) {
    if (leadership != null) {
      return group.self();
    }
    return following.hears(nowNanos) ? following.leader() : 0;
  }

  /** How many messages made no sense here. */
  public long ignored() {
    return ignored;
  }
}
