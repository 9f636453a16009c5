package org.stockbazaar.order.driver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.order.replication.Outbox;
import org.stockbazaar.order.replication.Replica;
import org.stockbazaar.order.trading.Effects;
import org.stockbazaar.order.trading.Exchange;
import org.stockbazaar.order.trading.Leader;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Announce;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.Prepared;
import org.stockbazaar.protocol.message.Message.Propose;
import org.stockbazaar.protocol.message.Message.Reset;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Transfer;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;

/**
 * Drives one order node. Events gather; a turn takes them all and carries their effects out:
 *
 * <pre>
 *   events ──▶ replica, exchange ──▶ appends to the followers leave, and the catalog makes ready
 *                                    one fdatasync of the log          (thesis 10.2.1: meanwhile
 *                                    commit, judge what is released     the followers write too)
 *                                    answers and votes leave, then what the catalog is to apply
 * </pre>
 *
 * <p>Nothing that promises durability leaves before the fdatasync of its turn. When that fails, or
 * anything else breaks, the node stops and nothing leaves. Belongs to the node's event loop.
 */
public final class Driver {
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
  private static final long EXCHANGE_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int node;
  private final Log log;
  private final Runnable sync;
  private final boolean resetAllowed;
  private final Network network;
  private final Stop stop;
  private final Replica replica;
  private final Exchange exchange;
  private final Deque<LongConsumer> events = new ArrayDeque<>();
  private final Deque<LongConsumer> waitingForHandOver = new ArrayDeque<>();
  private final List<Runnable> afterSync = new ArrayList<>();
  private long exchangeTickNanos;
  private int leaderLogged;
  private long terms;
  private boolean votes;
  private boolean stopped;

  /**
   * Reads the keys from the log.
   *
   * @param timeMillis gives the wall clock for entries; decides nothing
   */
  public Driver(Parts parts, Network network, LongSupplier timeMillis, Stop stop, long nowNanos) {
    this.network = network;
    this.stop = stop;
    node = parts.group().self();
    resetAllowed = parts.resetAllowed();
    log = parts.log();
    sync = parts.sync();
    exchangeTickNanos = nowNanos;
    exchange = new Exchange(node, log, new ExchangeEffects());
    var storage = new Replica.Storage(log, parts.ballot());
    replica =
        new Replica(
            parts.group(),
            parts.incarnation(),
            parts.timing(),
            storage,
            timeMillis,
            new ReplicaOutbox());
  }

  // ---- events ----------------------------------------------------------------------------------

  /** A request of a gateway or a tool; one that is not answered here ends its channel: false. */
  public boolean request(Origin origin, Message message) {
    if (message instanceof Trade trade) {
      add(now -> trade(origin, trade, now));
    } else if (message instanceof FindOrder find) {
      add(now -> find(origin, find, now));
    } else if (message instanceof Ping) {
      add(now -> answer(origin, replica.pong(now)));
    } else if (message instanceof Nominate nominate) {
      add(now -> replica.nominate(nominate, reply -> answer(origin, reply), now));
    } else if (message instanceof Transfer transfer) {
      add(now -> replica.transfer(transfer, reply -> answer(origin, reply), now));
    } else if (message instanceof Reset) {
      add(now -> reset(origin, now));
    } else {
      // A gateway's announcement is a hint: only votes and appends change a replica.
      return message instanceof Announce;
    }
    return true;
  }

  /**
   * The node is about to end: a leader hands over, if anybody can take over (thesis 3.10). {@code
   * done} is run when that is over, well or not.
   */
  public void leave(Runnable done) {
    add(now -> replica.leave(reply -> left(reply, done), now));
  }

  private void left(Message reply, Runnable done) {
    if (reply instanceof Elected elected) {
      LOG.info("has handed over, to the leader of epoch {}", elected.epoch());
    }
    afterSync.add(done);
  }

  /** A message of another replica. */
  public void peer(int from, Message message) {
    add(now -> replica.step(from, message, now));
  }

  /** The own channel to a peer is open. */
  public void peerOpened(int peer) {
    add(now -> replica.peerOpened(peer));
  }

  /** The newest channel of a peer closed. */
  public void peerClosed(int peer) {
    add(now -> replica.peerClosed(peer));
  }

  /** The channel to the catalog is open. */
  public void catalogOpened() {
    add(now -> exchange.catalogOpened());
  }

  /** The channel to the catalog closed. */
  public void catalogClosed() {
    add(now -> exchange.catalogClosed());
  }

  /** A message of the catalog; one that it may not send ends its channel: false. */
  public boolean catalog(Message message) {
    if (message instanceof Applied applied) {
      add(now -> exchange.applied(applied));
    } else if (message instanceof Prepared prepared) {
      add(now -> exchange.prepared(prepared));
    } else if (message instanceof Propose proposal) {
      add(now -> exchange.propose(proposal));
    } else {
      return false;
    }
    return true;
  }

  /** The end of {@link Network#hydrate}; null when no answer came. */
  public void hydrated(String stock, long minimumIndex, Message reply) {
    add(now -> exchange.hydrated(stock, minimumIndex, reply));
  }

  private void add(LongConsumer event) {
    events.add(event);
    network.requestTurn();
  }

  private void trade(Origin origin, Trade trade, long nowNanos) {
    if (!replica.isLeading() || trade.epoch() != replica.epoch()) {
      answer(origin, notLeader(nowNanos));
    } else if (replica.isHandingOver()) {
      // A pause lets the next leader get everything; afterwards the trade is judged, or sent there.
      waitingForHandOver.add(now -> trade(origin, trade, now));
    } else {
      exchange.trade(origin, trade, nowNanos);
    }
  }

  private void reset(Origin origin, long nowNanos) {
    if (!replica.isLeading()) {
      answer(origin, notLeader(nowNanos));
    } else if (!resetAllowed) {
      String detail = "start the order nodes with --allow-reset";
      answer(origin, new Failed(Status.REFUSED, Reason.RESET_NOT_ALLOWED, 0, detail));
    } else if (replica.isHandingOver()) {
      waitingForHandOver.add(now -> reset(origin, now));
    } else {
      LOG.info("resets all stocks: an operator wants it");
      exchange.reset(origin, nowNanos);
    }
  }

  private void find(Origin origin, FindOrder find, long nowNanos) {
    if (replica.isLeading()) {
      exchange.find(origin, find, nowNanos);
    } else {
      answer(origin, notLeader(nowNanos));
    }
  }

  private Failed notLeader(long nowNanos) {
    return new Failed(Status.NOT_LEADER, Reason.NONE, replica.leader(nowNanos), "");
  }

  // ---- turns -----------------------------------------------------------------------------------

  /** Takes all events and carries out what follows from them. */
  @SuppressWarnings("CatchingUnchecked")
  public void turn(long nowNanos) {
    if (stopped) {
      return;
    }
    try {
      take(nowNanos);
      settle(nowNanos);
      share(nowNanos);
      deliver();
      // Behind the answers: what a new leader has for the catalog takes it some milliseconds.
      exchange.flush();
      deliver();
    } catch (RuntimeException | Error e) {
      stopped = true;
      stop.now("the order node cannot go on: " + e.getMessage(), e);
      return;
    }
    if (!votes && replica.learns().isEmpty()) {
      votes = true;
      LOG.info("votes, in epoch {}", replica.epoch());
    }
    if (!waitingForHandOver.isEmpty() && !replica.isHandingOver()) {
      network.requestTurn();
    }
  }

  private void take(long nowNanos) {
    if (!replica.isHandingOver()) {
      events.addAll(waitingForHandOver);
      waitingForHandOver.clear();
    }
    for (LongConsumer event = events.poll(); event != null; event = events.poll()) {
      event.accept(nowNanos);
    }
    replica.tick(nowNanos);
    if (nowNanos - exchangeTickNanos >= EXCHANGE_TICK_NANOS) {
      exchangeTickNanos = nowNanos;
      exchange.tick(nowNanos);
    }
  }

  /** Sends, syncs and commits until nothing is left to be; mostly once. */
  private void settle(long nowNanos) {
    do {
      if (exchange.prepare()) {
        network.flush();
      }
      replica.flush(nowNanos);
      network.flushPeers();
      if (log.syncedIndex() < log.lastIndex()) {
        sync.run();
      }
      replica.synced(log.syncedIndex(), nowNanos);
    } while (log.syncedIndex() < log.lastIndex() || replica.isAsking());
  }

  /** The leader's released index goes to the followers, with the next append. */
  private void share(long nowNanos) {
    if (replica.isLeading()) {
      replica.released(exchange.releasedIndex());
    } else {
      exchange.released(replica.releasedIndex());
      int leader = replica.leader(nowNanos);
      if (leader != leaderLogged && leader != 0) {
        leaderLogged = leader;
        LOG.info("order-{} leads in epoch {}", leader, replica.epoch());
      }
    }
  }

  private void deliver() {
    if (afterSync.isEmpty()) {
      return;
    }
    for (Runnable send : afterSync) {
      send.run();
    }
    afterSync.clear();
    network.flush();
  }

  private void answer(Origin origin, Message reply) {
    afterSync.add(() -> network.answer(origin, reply));
  }

  /** Nanoseconds to when {@link #turn} has something to do by itself; Long.MAX_VALUE for never. */
  public long nanosToTurn(long nowNanos) {
    long nanos = replica.nanosToTick(nowNanos);
    return exchange.waitsForTime() ? Math.min(nanos, EXCHANGE_TICK_NANOS) : nanos;
  }

  // ---- state -----------------------------------------------------------------------------------

  public long epoch() {
    return replica.epoch();
  }

  public boolean isLeading() {
    return replica.isLeading();
  }

  /** True when it leads and its EPOCH entry is committed. */
  public boolean isServing() {
    return replica.isServing();
  }

  /** How often this process began to lead. */
  public long terms() {
    return terms;
  }

  /** Id of the live leader that this replica is or hears, 0 for none. */
  public int leader(long nowNanos) {
    return replica.leader(nowNanos);
  }

  /** True when this replica leads and serves, or hears a live leader. */
  public boolean hasLeader(long nowNanos) {
    return replica.isLeading() ? replica.isServing() : replica.leader(nowNanos) != 0;
  }

  public long commitIndex() {
    return replica.commitIndex();
  }

  public long releasedIndex() {
    return replica.releasedIndex();
  }

  public long lastIndex() {
    return log.lastIndex();
  }

  /** The newest transaction number in the log, −1 for none. */
  public long lastNumber() {
    return log.nextNumber() - 1;
  }

  /** What a learner waits for before it votes, for people; empty for a voter. */
  public String learns() {
    return replica.learns();
  }

  /** How many messages of peers made no sense. */
  public long ignored() {
    return replica.ignored();
  }

  /** The replica's effects. Appends leave at once; all that promises waits for the sync. */
  private final class ReplicaOutbox implements Outbox, Leader {
    @Override
    public void send(int to, Message message) {
      network.toPeer(to, message);
    }

    @Override
    public void promise(int to, Message message) {
      afterSync.add(() -> network.toPeer(to, message));
    }

    @Override
    public void appended(Entry entry) {
      exchange.appended(entry);
    }

    @Override
    public void truncated(long lastKept) {
      LOG.info("dropped what no majority has: everything behind index {}", lastKept);
      exchange.truncated(lastKept);
    }

    @Override
    public void committed(long index) {
      exchange.committed(index);
    }

    @Override
    public void leads(long epoch, long epochIndex) {
      LOG.info("leads in epoch {}", epoch);
      leaderLogged = node;
      terms++;
      exchange.leads(this, epochIndex);
    }

    @Override
    public void serves() {
      exchange.serves();
    }

    @Override
    public void deposed(int leader) {
      LOG.info("leads no more, epoch {}", replica.epoch());
      leaderLogged = 0;
      exchange.deposed(leader);
    }

    @Override
    public void confirmed(long round) {
      exchange.confirmed(round);
    }

    @Override
    public long epoch() {
      return replica.epoch();
    }

    @Override
    public Entry propose(
        Entry.Kind kind,
        Key key,
        Side side,
        long quantity,
        long priceCents,
        long volumeMax,
        String stock) {
      return replica.propose(kind, key, side, quantity, priceCents, volumeMax, stock);
    }

    @Override
    public long confirm() {
      return replica.confirm();
    }
  }

  /** The exchange's effects. What goes to the catalog behind the sync is committed. */
  private final class ExchangeEffects implements Effects {
    @Override
    public void answer(Origin origin, Message reply) {
      Driver.this.answer(origin, reply);
    }

    @Override
    public void toCatalog(Message message) {
      afterSync.add(() -> network.toCatalog(message));
    }

    @Override
    public void toCatalogAhead(Message message) {
      network.toCatalog(message);
    }

    @Override
    public void hydrate(String stock, long minimumIndex) {
      afterSync.add(() -> network.hydrate(stock, minimumIndex));
    }
  }
}
