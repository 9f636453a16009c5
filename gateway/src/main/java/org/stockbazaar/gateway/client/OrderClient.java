package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.gateway.election.Election;
import org.stockbazaar.gateway.election.ElectionEffects;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Reason;

/**
 * Sends calls to the leader of the order nodes, whoever that is, and sends them again under their
 * keys to the next one when it fails. Carries out what the election wants. On the gateway's event
 * loop.
 *
 * <p>A call is either awaited from the leader, or waiting for one (or for what the leader lacks).
 * Waiting ones are sent when a leader is found, and looked after at a pace of {@value
 * #SWEEP_MILLIS} ms as long as there are any.
 */
final class OrderClient implements ElectionEffects {
  private static final Logger LOG = LoggerFactory.getLogger(OrderClient.class);

  private static final long SWEEP_MILLIS = 20;
  private static final long PING_TIMEOUT_NANOS = 200_000_000L;
  private static final long NOMINATION_TIMEOUT_NANOS = 250_000_000L;

  /** A leader without its catalog may be so for a moment only: a restart is not to be seen. */
  private static final long STARVED_NANOS_MAX = 1_000_000_000L;

  /** A call that was sent so often already waits for the sweep, should leaders refuse for ever. */
  private static final int EAGER_ATTEMPTS = 8;

  private final EventLoop loop;
  private final Turn turn;
  private final int inFlightMax;
  private final SortedMap<Integer, Link> links = new TreeMap<>();
  private final Election election;
  private final Calls calls = new Calls();
  private final Pace sweep;
  private boolean leaderChanged;
  private boolean closed;
  private Future<?> timer;
  private long timerDueNanos;
  private int lastLeader;
  private long leaderChanges;

  OrderClient(
      EventLoop loop,
      Turn turn,
      Link.Factory factory,
      MarketOptions options,
      RandomGenerator jitter) {
    this.loop = loop;
    this.turn = turn;
    this.inFlightMax = options.inFlightMax();
    List<Integer> replicas = options.orders().ids();
    this.election = new Election(replicas, jitter, this, now());
    this.sweep = new Pace(loop, TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS), this::sweepWaiting);
    for (int replica : replicas) {
      Link link = factory.order(replica, new Replica(replica));
      links.put(replica, link);
      turn.add(link);
    }
  }

  void start() {
    links.values().forEach(Link::start);
    settle();
  }

  void close() {
    closed = true;
    if (timer != null) {
      timer.cancel(false);
    }
    links.values().forEach(Link::close);
  }

  int leader() {
    return election.leader();
  }

  long epoch() {
    return election.epoch();
  }

  int inFlight() {
    return calls.size();
  }

  /** How often a leader was found. */
  long leaderChanges() {
    return leaderChanges;
  }

  boolean isOpen(int replica) {
    return links.get(replica).isOpen();
  }

  /** An operator had this replica elected: calls go there from now on. */
  void elected(int replica, long epoch) {
    election.elected(replica, epoch, now());
    settle();
  }

  /** This replica refused an operator's request since it does not lead. */
  void refused(int replica) {
    election.callFailed(replica, now());
    settle();
  }

  /** Sends one replica a request of an operator's, once. */
  void ask(int replica, Message request, long timeoutNanos, ReplyHandler handler) {
    links.get(replica).call(request, timeoutNanos, handler);
    turn.flushLater();
  }

  // ---- calls -----------------------------------------------------------------------------------

  void call(Call call) {
    if (calls.size() >= inFlightMax) {
      call.fails(
          new Problem(
              Kind.OVERLOADED, inFlightMax + " requests are in flight, the most there may be"));
      return;
    }
    calls.add(call);
    if (election.leader() == 0) {
      sweep.start();
    } else {
      send(call, now());
      schedule();
    }
  }

  private void send(Call call, long nowNanos) {
    int leader = election.leader();
    call.waiting = false;
    call.attempt++;
    call.unresolved++;
    election.asked();
    links
        .get(leader)
        .call(
            call.request(election.epoch()),
            Math.max(1, call.deadlineNanos - nowNanos),
            new Attempt(call, call.attempt, leader));
    turn.flushLater();
  }

  /** One sending of a call to one leader, and what became of it. */
  private final class Attempt implements ReplyHandler {
    private final Call call;
    private final int number;
    private final int replica;

    Attempt(Call call, int number, int replica) {
      this.call = call;
      this.number = number;
      this.replica = replica;
    }

    @Override
    public void replied(Message reply) {
      election.heard(replica);
      if (reply instanceof Failed failed) {
        failed(failed);
      } else if (!call.done) {
        finish(call);
        if (!call.succeeds(reply)) {
          call.fails(new Problem(Kind.INTERNAL, "order-" + replica + " answered " + reply));
        }
      }
    }

    private void failed(Failed failed) {
      if (failed.reason() != Reason.OUTCOME_OPEN) {
        call.unresolved--;
      }
      if (call.done || number != call.attempt) {
        return;
      }
      switch (failed.status()) {
        case NOT_LEADER -> {
          await(call);
          election.callFailed(replica, now());
          settle();
        }
        case UNAVAILABLE -> starve(call, failed);
        case BUSY -> {
          if (call.mayHaveHappened()) {
            await(call);
          } else {
            fail(call, Problems.of(failed, call.notFound()));
          }
        }
        default -> fail(call, Problems.of(failed, call.notFound()));
      }
    }

    @Override
    public void lost(boolean sent) {
      if (!sent) {
        call.unresolved--;
      }
      if (call.done || number != call.attempt) {
        return;
      }
      if (expired(call, now())) {
        expire(call);
      } else {
        await(call);
      }
    }
  }

  private void await(Call call) {
    call.waiting = true;
    sweep.start();
  }

  /** The leader lacks something, the catalog mostly. */
  private void starve(Call call, Failed failed) {
    long nowNanos = now();
    if (!call.starved) {
      call.starved = true;
      call.starvedSinceNanos = nowNanos;
    }
    if (!call.mayHaveHappened() && nowNanos - call.starvedSinceNanos >= STARVED_NANOS_MAX) {
      fail(call, Problems.of(failed, call.notFound()));
    } else {
      await(call);
    }
  }

  private static boolean expired(Call call, long nowNanos) {
    return nowNanos - call.deadlineNanos >= 0;
  }

  private void expire(Call call) {
    if (call.mayHaveHappened()) {
      fail(call, new Problem(Kind.OUTCOME_UNKNOWN, "no answer within the deadline"));
    } else if (election.leader() == 0) {
      fail(call, new Problem(Kind.UNAVAILABLE, "no order node leads"));
    } else {
      fail(call, new Problem(Kind.UNAVAILABLE, "the order nodes do not answer"));
    }
  }

  private void fail(Call call, Problem problem) {
    finish(call);
    call.fails(problem);
  }

  private void finish(Call call) {
    call.done = true;
    calls.remove(call);
  }

  private boolean sweepWaiting() {
    long nowNanos = now();
    boolean more = false;
    for (Call call = calls.first(); call != null; call = call.next) {
      if (call.done || !call.waiting) {
        continue;
      }
      if (expired(call, nowNanos)) {
        expire(call);
      } else if (election.leader() != 0) {
        send(call, nowNanos);
      }
      more |= call.waiting && !call.done;
    }
    schedule();
    return more;
  }

  // ---- the election ----------------------------------------------------------------------------

  /** What happens on the channel to one replica. */
  private final class Replica implements Link.Listener {
    private final int id;

    Replica(int id) {
      this.id = id;
    }

    @Override
    public void opened() {
      election.opened(id, now());
      settle();
    }

    @Override
    public void received(long correlation, Message message) {
      // Order nodes push nothing to gateways.
    }

    @Override
    public void closed() {
      election.closed(id, now());
      settle();
    }
  }

  @Override
  public void ping(int replica) {
    links.get(replica).call(new Message.Ping(), PING_TIMEOUT_NANOS, new PingReply(replica));
    turn.flushLater();
  }

  private final class PingReply implements ReplyHandler {
    private final int replica;

    PingReply(int replica) {
      this.replica = replica;
    }

    @Override
    public void replied(Message reply) {
      // A replica that speaks for another one is misconfigured; it is as good as silent.
      if (reply instanceof Message.Pong pong && pong.node() == replica) {
        election.ponged(pong, now());
        settle();
      }
    }

    @Override
    public void lost(boolean sent) {
      // The election counts the pings that stay unanswered.
    }
  }

  @Override
  public void nominate(int replica, long epoch, List<Integer> answered) {
    LOG.info("nominating order-{} for the epoch after {}; {} answered", replica, epoch, answered);
    links
        .get(replica)
        .call(
            new Message.Nominate(epoch, answered),
            NOMINATION_TIMEOUT_NANOS,
            new NominationReply(replica));
    turn.flushLater();
  }

  private final class NominationReply implements ReplyHandler {
    private final int replica;

    NominationReply(int replica) {
      this.replica = replica;
    }

    @Override
    public void replied(Message reply) {
      election.heard(replica);
      if (reply instanceof Message.Elected elected) {
        election.elected(replica, elected.epoch(), now());
      } else if (reply instanceof Failed failed) {
        election.refused(replica, failed.reason(), now());
      } else {
        election.nominationLost(replica, now());
      }
      settle();
    }

    @Override
    public void lost(boolean sent) {
      election.nominationLost(replica, now());
      settle();
    }
  }

  @Override
  public void announce(int leader, long epoch) {
    var announcement = new Message.Announce(leader, epoch);
    for (Link link : links.values()) {
      link.tell(announcement);
    }
    turn.flushLater();
  }

  @Override
  public void leaderChanged(int leader, long epoch, String why) {
    if (leader == 0) {
      LOG.info("lost the leader order-{} of epoch {}: {}", lastLeader, epoch, why);
    } else {
      LOG.info("order-{} leads in epoch {}: {}", leader, epoch, why);
      lastLeader = leader;
      leaderChanges++;
    }
    leaderChanged = true;
  }

  /** After every event of the election: does for the calls what follows from it. */
  private void settle() {
    while (leaderChanged) {
      leaderChanged = false;
      long nowNanos = now();
      for (Call call = calls.first(); call != null; call = call.next) {
        moveOn(call, nowNanos);
      }
    }
    schedule();
  }

  /** The leader that a call was sent to is not the leader any more. */
  private void moveOn(Call call, long nowNanos) {
    if (call.done) {
      return;
    }
    if (election.leader() != 0 && call.attempt < EAGER_ATTEMPTS) {
      send(call, nowNanos);
    } else {
      await(call);
    }
  }

  private void schedule() {
    long dueNanos = election.dueNanos();
    if (closed || (timer != null && dueNanos - timerDueNanos >= 0)) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    timerDueNanos = dueNanos;
    timer = loop.schedule(this::tick, Math.max(0, dueNanos - now()), TimeUnit.NANOSECONDS);
  }

  private void tick() {
    timer = null;
    election.tick(calls.size() > 0, now());
    settle();
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
