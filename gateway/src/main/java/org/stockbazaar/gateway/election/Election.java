package org.stockbazaar.gateway.election;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Reason;

/**
 * One gateway's view of who leads the order nodes. Belongs to the gateway's event loop.
 *
 * <pre>
 *            pings name a serving leader, or the nominee was elected
 *   SEEKING ─────────────────────────────────────────────────────────▶ LED
 *      ▲  │ a majority answers, none hears a live leader: nominate      │
 *      │  ╰─▶ refused: the next one, or another round                   │
 *      ╰────────────────────────────────────────────────────────────────╯
 *            the leader's channel closes, it falls silent, it says that it does not lead
 * </pre>
 *
 * <p>All this serves liveness only. Epochs and votes among the replicas decide who leads (Raft,
 * thesis 3.4), so a gateway that is wrong, late, or at cross purposes with another one costs time
 * and nothing else. A leader that was lost by mistake is adopted again with the next pings.
 */
public final class Election {
  /** Between pings while requests are in flight or nobody leads. */
  public static final long BUSY_PING_NANOS = 20_000_000L;

  /** Between pings when nothing is asked of the leader. */
  public static final long IDLE_PING_NANOS = 100_000_000L;

  /** A replica that leaves so many pings and so much time unanswered is silent. */
  static final int SILENT_PINGS = 3;

  static final long SILENCE_NANOS = 120_000_000L;

  /** How long a round waits for the open replicas once a majority has answered. */
  static final long STRAGGLERS_NANOS = 10_000_000L;

  /** The same before the first leader: replicas that start together are all to be asked. */
  static final long FIRST_STRAGGLERS_NANOS = 300_000_000L;

  static final long RETRY_NANOS = 1_000_000L;
  static final long RETRY_MAX_NANOS = 200_000_000L;

  /** So often the same nominee is asked again at once before retries back off. */
  static final int EAGER_RETRIES = 8;

  private final Member[] members;
  private final RandomGenerator jitter;
  private final ElectionEffects effects;

  private int leader;
  private long leaderEpoch;
  private long epochSeen;

  /** The leader whose channel just closed: dead, most likely, before others notice. 0 for none. */
  private int fallen;

  private boolean everLed;
  private boolean inFlight;
  private long pingDueNanos;
  private long pingedNanos;

  private long roundNanos;
  private boolean resting;
  private boolean majorityAnswered;
  private long firstMajorityNanos;
  private int retries;
  private long backoffNanos = RETRY_NANOS;

  /** The replica that was asked to stand and has not answered, 0 for none. */
  private int nominee;

  /**
   * @param replicas ids of all replicas
   * @param jitter seeded by the caller; spreads the retries of several gateways
   */
  public Election(
      List<Integer> replicas, RandomGenerator jitter, ElectionEffects effects, long nowNanos) {
    this.members = new Member[replicas.size()];
    for (int i = 0; i < members.length; i++) {
      members[i] = new Member(replicas.get(i));
    }
    this.jitter = jitter;
    this.effects = effects;
    this.roundNanos = nowNanos;
    this.pingedNanos = nowNanos;
    this.pingDueNanos = nowNanos + BUSY_PING_NANOS;
  }

  /** Who leads, 0 when nobody is known to. */
  public int leader() {
    return leader;
  }

  /** The epoch of the leader, or of the last one. */
  public long epoch() {
    return leaderEpoch;
  }

  /** When {@link #tick} wants to be called next. May come nearer with any event. */
  public long dueNanos() {
    return pingDueNanos;
  }

  // ---- events ----------------------------------------------------------------------------------

  /** The channel to a replica opened. */
  public void opened(int replica, long nowNanos) {
    Member member = member(replica);
    member.open = true;
    member.heard();
    member.pong = null;
    if (replica == fallen) {
      fallen = 0;
    }
    ping(member, nowNanos);
  }

  /** The channel to a replica closed: it is down, or cannot be reached. */
  public void closed(int replica, long nowNanos) {
    Member member = member(replica);
    member.open = false;
    member.pong = null;
    if (replica == nominee) {
      nominee = 0;
      member.refused = true;
    }
    if (replica == leader) {
      fallen = replica;
      lose("its channel closed", nowNanos);
    } else if (leader == 0) {
      decide(nowNanos);
    }
  }

  /** A replica was heard, whatever it said. */
  public void heard(int replica) {
    member(replica).heard();
  }

  /** A replica told its state. */
  public void ponged(Pong pong, long nowNanos) {
    Member member = member(pong.node());
    member.heard();
    member.pong = pong;
    epochSeen = Math.max(epochSeen, pong.epoch());
    if (leads(pong)) {
      adopt(pong.node(), pong.epoch(), "pings name it", nowNanos);
    } else if (pong.node() == leader && pong.leader() != leader) {
      lose("it no longer leads", nowNanos);
    } else if (leader == 0) {
      decide(nowNanos);
    }
  }

  /** A replica refused a request because it does not lead. */
  public void callFailed(int replica, long nowNanos) {
    if (replica == leader) {
      lose("it refused a request", nowNanos);
    }
  }

  /** The nominee leads. */
  public void elected(int replica, long epoch, long nowNanos) {
    if (replica == nominee) {
      nominee = 0;
    }
    epochSeen = Math.max(epochSeen, epoch);
    if (epoch > leaderEpoch || (leader == 0 && epoch == leaderEpoch)) {
      adopt(replica, epoch, "elected", nowNanos);
      effects.announce(replica, epoch);
    }
  }

  /** The nominee does not stand, or a majority would not have it. */
  public void refused(int replica, Reason reason, long nowNanos) {
    if (replica != nominee) {
      return;
    }
    nominee = 0;
    if (leader != 0) {
      return;
    }
    if (reason == Reason.HEARD_LEADER || reason == Reason.STALE_EPOCH) {
      fallen = 0;
      askAgain(nowNanos);
      return;
    }
    member(replica).refused = true;
    decide(nowNanos);
  }

  /** The nominee's answer will not come. */
  public void nominationLost(int replica, long nowNanos) {
    refused(replica, Reason.NO_MAJORITY, nowNanos);
  }

  /** A request is about to be sent to the leader: listen closer than when idle. */
  public void asked() {
    inFlight = true;
    if (pingDueNanos - pingedNanos > BUSY_PING_NANOS) {
      pingDueNanos = pingedNanos + BUSY_PING_NANOS;
    }
  }

  /**
   * Time passes.
   *
   * @param requestsInFlight whether an answer of the leader is awaited
   */
  public void tick(boolean requestsInFlight, long nowNanos) {
    inFlight = requestsInFlight;
    if (nowNanos - pingDueNanos < 0) {
      return;
    }
    if (leader == 0) {
      seek(nowNanos);
      return;
    }
    Member led = member(leader);
    if (led.silent(nowNanos)) {
      lose("it is silent", nowNanos);
    } else {
      ping(led, nowNanos);
      schedulePing(nowNanos, listensClosely(led) ? BUSY_PING_NANOS : IDLE_PING_NANOS);
    }
  }

  private void seek(long nowNanos) {
    if (resting) {
      newRound(nowNanos);
    } else {
      pingAll(nowNanos);
      decide(nowNanos);
    }
  }

  // ---- decisions -------------------------------------------------------------------------------

  private void adopt(int replica, long epoch, String why, long nowNanos) {
    boolean changed = replica != leader || epoch != leaderEpoch;
    leader = replica;
    leaderEpoch = epoch;
    everLed = true;
    fallen = 0;
    nominee = 0;
    resting = false;
    retries = 0;
    backoffNanos = RETRY_NANOS;
    if (changed) {
      schedulePing(nowNanos, inFlight ? BUSY_PING_NANOS : IDLE_PING_NANOS);
      effects.leaderChanged(replica, epoch, why);
    }
  }

  private void lose(String why, long nowNanos) {
    leader = 0;
    effects.leaderChanged(0, leaderEpoch, why);
    newRound(nowNanos);
  }

  /** A leader that serves, and no older one than the one that we know. */
  private boolean leads(Pong pong) {
    if (!pong.serving() || pong.leader() != pong.node()) {
      return false;
    }
    return leader == 0 ? pong.epoch() >= leaderEpoch : pong.epoch() > leaderEpoch;
  }

  /** Asks everybody anew; what was said before counts no longer. */
  private void newRound(long nowNanos) {
    resting = false;
    roundNanos = nowNanos;
    for (Member member : members) {
      member.pong = null;
      member.refused = false;
    }
    pingAll(nowNanos);
  }

  private void decide(long nowNanos) {
    if (leader != 0 || nominee != 0 || resting) {
      return;
    }
    if (hearsLeader()) {
      askAgain(nowNanos);
      return;
    }
    var answered = answered(nowNanos);
    if (answered.size() <= members.length / 2) {
      return;
    }
    if (!majorityAnswered) {
      majorityAnswered = true;
      firstMajorityNanos = nowNanos;
    }
    if (waitsForStragglers(nowNanos)) {
      return;
    }
    Member best = best(nowNanos);
    if (best == null) {
      backOff(nowNanos);
      return;
    }
    nominee = best.id;
    effects.nominate(best.id, epochSeen, answered);
  }

  /**
   * Some replica hears a leader that we do not: it may be that one that dies or rises just now. The
   * one whose channel closed is taken for dead, until a nominee says that it is not.
   */
  private boolean hearsLeader() {
    for (Member member : members) {
      if (member.pong != null && member.pong.leader() != 0 && member.pong.leader() != fallen) {
        return true;
      }
    }
    return false;
  }

  private List<Integer> answered(long nowNanos) {
    var answered = new ArrayList<Integer>(members.length);
    for (Member member : members) {
      if (member.answers(nowNanos) && member.pong.voter()) {
        answered.add(member.id);
      }
    }
    return answered;
  }

  /** The highest id is to lead, so those that are about to answer are waited for, a little. */
  private boolean waitsForStragglers(long nowNanos) {
    long patience = everLed ? STRAGGLERS_NANOS : FIRST_STRAGGLERS_NANOS;
    long waitedNanos = nowNanos - (everLed ? roundNanos : firstMajorityNanos);
    long leftNanos = patience - waitedNanos;
    if (leftNanos <= 0) {
      return false;
    }
    for (Member member : members) {
      boolean expected = member.open ? !member.silent(nowNanos) : !everLed;
      if (member.pong == null && expected) {
        pingBy(nowNanos + leftNanos);
        return true;
      }
    }
    return false;
  }

  private Member best(long nowNanos) {
    Member best = null;
    for (Member member : members) {
      boolean mayStand = member.answers(nowNanos) && member.pong.voter() && !member.refused;
      if (mayStand && member.betterThan(best)) {
        best = member;
      }
    }
    return best;
  }

  /** The same again in 1 to 2 ms; when that goes on, at the pace of the pings. */
  private void askAgain(long nowNanos) {
    retries++;
    if (retries > EAGER_RETRIES) {
      again(BUSY_PING_NANOS, nowNanos);
    } else {
      again(RETRY_NANOS + jitter.nextLong(RETRY_NANOS), nowNanos);
    }
  }

  private void backOff(long nowNanos) {
    again(backoffNanos / 2 + jitter.nextLong(backoffNanos / 2), nowNanos);
    backoffNanos = Math.min(2 * backoffNanos, RETRY_MAX_NANOS);
  }

  /** Starts over in a while; only a leader that serves ends the rest earlier. */
  private void again(long delayNanos, long nowNanos) {
    resting = true;
    pingDueNanos = nowNanos + delayNanos;
  }

  // ---- pings -----------------------------------------------------------------------------------

  private boolean listensClosely(Member led) {
    // The ping that was just sent is unanswered; one more means that something is wrong.
    return inFlight || led.unanswered > 1;
  }

  private void pingAll(long nowNanos) {
    schedulePing(nowNanos, BUSY_PING_NANOS);
    for (Member member : members) {
      if (member.open) {
        ping(member, nowNanos);
      }
    }
  }

  private void ping(Member member, long nowNanos) {
    member.pinged(nowNanos);
    effects.ping(member.id);
  }

  private void schedulePing(long nowNanos, long delayNanos) {
    pingedNanos = nowNanos;
    pingDueNanos = nowNanos + delayNanos;
  }

  private void pingBy(long dueNanos) {
    if (dueNanos - pingDueNanos < 0) {
      pingDueNanos = dueNanos;
    }
  }

  private Member member(int id) {
    for (Member member : members) {
      if (member.id == id) {
        return member;
      }
    }
    throw new IllegalArgumentException("replica " + id + " is not one of the group");
  }
}
