package org.stockbazaar.order.trading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Entry.Kind;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Order;
import org.stockbazaar.protocol.message.Message.Prepared;
import org.stockbazaar.protocol.message.Message.Propose;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Message.WasReset;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

/**
 * Trading on an order node. A follower only keeps the keys and says who leads. On the leader, a
 * trade's key is looked at first, then the trade is judged by the book, logged, and answered when
 * its entry is released; a refusal is answered when what it was judged on is released and a
 * majority has confirmed the leader since the request came. Belongs to the node's event loop.
 */
public final class Exchange {
  private static final long WAIT_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);
  private static final int REQUESTS_MAX = 65_536;
  private static final int READ_AT_A_TIME = 1_000;

  private final Log log;
  private final KeyTable keys;
  private final Effects effects;
  private final Release release = new Release();
  private final CatalogFeed feed;
  private final Waiting waiting;
  private final Deque<TradeRequest> earlyTrades = new ArrayDeque<>();
  private final Deque<EarlyFind> earlyFinds = new ArrayDeque<>();
  private Leader leader;
  private boolean serving;
  private int leaderHint;
  private long commitIndex;
  private long keyed;
  private long epochIndex;
  private long roundOfTurn;
  private Book book;

  private record EarlyFind(Origin origin, FindOrder find, long sinceNanos) {}

  /**
   * Reads the keys of the newest trades from the log.
   *
   * @param node the replica's id
   */
  public Exchange(int node, Log log, Effects effects) {
    this.log = log;
    keys = new KeyTable(index -> log.read(index).key());
    this.effects = effects;
    feed = new CatalogFeed(node, log, effects);
    waiting = new Waiting(pending -> effects.answer(pending.origin, pending.reply));
    long oldest = log.nextNumber() - KeyTable.START;
    keyed = oldest <= 0 ? 0 : log.indexOf(oldest) - 1;
    while (keyed < log.lastIndex()) {
      log.read(keyed + 1, READ_AT_A_TIME).forEach(this::appended);
    }
  }

  // ---- requests --------------------------------------------------------------------------------

  /** A trade; ends in one answer, after five seconds at the latest. */
  public void trade(Origin origin, Trade trade, long nowNanos) {
    var request = new TradeRequest(origin, trade, nowNanos);
    if (leader == null) {
      effects.answer(origin, notLeader(Reason.NONE));
    } else if (isFull()) {
      effects.answer(origin, busy());
    } else if (serving) {
      trade(request);
    } else {
      earlyTrades.addLast(request);
    }
  }

  private void trade(TradeRequest request) {
    Trade trade = request.trade();
    long logged = keys.find(trade.key());
    if (logged != 0) {
      repeat(request, log.read(logged));
      return;
    }
    String wrong = objection(trade);
    if (wrong != null) {
      effects.answer(request.origin(), failed(Status.BAD_REQUEST, Reason.NONE, wrong));
      return;
    }
    if (!feed.isOpen()) {
      effects.answer(request.origin(), failed(Status.UNAVAILABLE, Reason.NONE, "no catalog"));
      return;
    }
    Position position = book.get(trade.stock());
    if (position != null) {
      trade(request, position);
    } else if (book.park(request)) {
      effects.hydrate(trade.stock(), book.indexToAsk(trade.stock()));
    }
  }

  private void trade(TradeRequest request, Position position) {
    Trade trade = request.trade();
    Reason objection = position.objection(trade);
    if (objection != Reason.NONE) {
      var refusal = failed(Status.REFUSED, objection, "");
      await(request, refusal, position.lastIndex(), confirm(), false);
      return;
    }
    Entry entry =
        leader.propose(
            Kind.TRADE, trade.key(), trade.side(), trade.quantity(), 0, 0, trade.stock());
    appended(entry);
    feed.traded(entry.index(), trade.letGo());
    position.traded(trade, entry.index());
    await(request, new Traded(entry.number()), entry.index(), 0, true);
  }

  /** The key was used before: the same order gets the same number, another one is refused. */
  private void repeat(TradeRequest request, Entry entry) {
    Trade trade = request.trade();
    boolean same =
        entry.stock().equals(trade.stock())
            && entry.side() == trade.side()
            && entry.quantity() == trade.quantity();
    Message reply =
        same
            ? new Traded(entry.number())
            : failed(Status.REFUSED, Reason.KEY_REUSED, "transaction " + entry.number());
    await(request, reply, entry.index(), 0, same);
  }

  private static String objection(Trade trade) {
    if (!Stock.isName(trade.stock())) {
      return "the name is not a stock's";
    }
    long quantity = trade.quantity();
    return quantity < 1 || quantity > Stock.ORDER_QUANTITY_MAX
        ? "quantity " + quantity + " is not within 1 to " + Stock.ORDER_QUANTITY_MAX
        : null;
  }

  private void await(TradeRequest request, Message reply, long index, long round, boolean logged) {
    waiting.add(
        new Pending(request.origin(), reply, index, round, logged, request.sinceNanos()), release);
  }

  /** An order lookup; ends in one answer, after five seconds at the latest. */
  public void find(Origin origin, FindOrder find, long nowNanos) {
    if (leader == null) {
      effects.answer(origin, notLeader(Reason.NONE));
    } else if (isFull()) {
      effects.answer(origin, busy());
    } else if (serving) {
      find(new EarlyFind(origin, find, nowNanos));
    } else {
      earlyFinds.addLast(new EarlyFind(origin, find, nowNanos));
    }
  }

  private void find(EarlyFind request) {
    long number = request.find.number();
    long index = number < 0 ? 0 : log.indexOf(number);
    Message reply;
    long round = 0;
    if (index == 0) {
      // A deposed leader may lack the newest orders: only a confirmed one may say no (R7).
      reply = failed(Status.NOT_FOUND, Reason.NONE, "");
      round = confirm();
    } else {
      Entry entry = log.read(index);
      reply = new Order(number, entry.side(), entry.quantity(), entry.stock());
    }
    waiting.add(
        new Pending(request.origin, reply, index, round, false, request.sinceNanos), release);
  }

  /** The catalog wants stocks to be listed; what cannot be listed now is proposed again. */
  public void propose(Propose proposal) {
    if (!serving || proposal.appliedIndex() < epochIndex) {
      return;
    }
    for (Stock stock : proposal.stocks()) {
      if (!book.isListedBehind(stock.name(), proposal.appliedIndex())) {
        Entry entry =
            leader.propose(
                Kind.LIST,
                Key.NONE,
                null,
                stock.quantity(),
                stock.priceCents(),
                stock.volumeMax(),
                stock.name());
        appended(entry);
        book.listed(stock.name(), entry.index());
      }
    }
  }

  /**
   * Sets every stock back to what it was listed with; ends in one answer, when nobody can see
   * anything older, after five seconds at the latest.
   */
  public void reset(Origin origin, long nowNanos) {
    if (leader == null) {
      effects.answer(origin, notLeader(Reason.NONE));
    } else if (!serving) {
      effects.answer(origin, notServing());
    } else if (isFull()) {
      effects.answer(origin, busy());
    } else if (!feed.isOpen()) {
      effects.answer(origin, failed(Status.UNAVAILABLE, Reason.NONE, "no catalog"));
    } else {
      Entry entry = leader.propose(Kind.RESET, Key.NONE, null, 0, 0, 0, "");
      appended(entry);
      book.reset(entry.index());
      Message reply = new WasReset(entry.index());
      waiting.add(new Pending(origin, reply, entry.index(), 0, true, nowNanos), release);
    }
  }

  // ---- replication -----------------------------------------------------------------------------

  /** This replica leads; its EPOCH entry is at {@code index}, not committed yet. */
  public void leads(Leader newLeader, long index) {
    leader = newLeader;
    epochIndex = index;
    book = new Book(index);
    feed.begin();
    release.begin();
  }

  /** The EPOCH entry is committed: everything that ever was committed is on this log. */
  public void serves() {
    serving = true;
    if (feed.isOpen()) {
      feed.await(confirm());
    }
    while (!earlyTrades.isEmpty()) {
      trade(earlyTrades.removeFirst());
    }
    while (!earlyFinds.isEmpty()) {
      find(earlyFinds.removeFirst());
    }
  }

  /** This replica does not lead (any more); {@code hint} is the leader it hears, 0 for none. */
  public void deposed(int hint) {
    leaderHint = hint;
    if (leader == null) {
      return;
    }
    leader = null;
    serving = false;
    roundOfTurn = 0;
    feed.deposed(commitIndex);
    for (Pending pending : waiting.takeAll()) {
      var reason = pending.logged ? Reason.OUTCOME_OPEN : Reason.NONE;
      effects.answer(pending.origin, notLeader(reason));
    }
    earlyTrades.addAll(book.unparkAll());
    book = null;
    earlyTrades.forEach(request -> effects.answer(request.origin(), notLeader(Reason.NONE)));
    earlyTrades.clear();
    earlyFinds.forEach(request -> effects.answer(request.origin, notLeader(Reason.NONE)));
    earlyFinds.clear();
  }

  /** An entry was appended to the log; a second call for the same one does nothing. */
  public void appended(Entry entry) {
    if (entry.index() <= keyed) {
      return;
    }
    keyed = entry.index();
    if (entry.kind() == Kind.TRADE) {
      keys.put(entry.key(), entry.index());
    }
  }

  /** The log lost everything behind {@code lastKept}; only a follower's does. */
  public void truncated(long lastKept) {
    keys.truncated(lastKept);
    keyed = Math.min(keyed, lastKept);
  }

  /** Everything up to here is committed. */
  public void committed(long index) {
    commitIndex = Math.max(commitIndex, index);
    release.committed(index);
    waiting.released(release);
  }

  /** A majority has answered this confirmation round, and so all before it. */
  public void confirmed(long round) {
    feed.confirmed(round);
    waiting.confirmed(round);
  }

  /** A leader told this follower that everything up to here is released. */
  public void released(long index) {
    release.learned(index);
  }

  /** Everything up to here is released; for the leader to tell its followers. */
  public long releasedIndex() {
    return release.floor();
  }

  // ---- catalog ---------------------------------------------------------------------------------

  /** The channel to the catalog is open; the catalog's {@link Applied} is still to come. */
  public void catalogOpened() {
    feed.opened();
    if (serving) {
      feed.await(confirm());
    }
  }

  /** The channel to the catalog is closed. */
  public void catalogClosed() {
    feed.closed();
    release.forget();
    if (book != null) {
      for (TradeRequest request : book.unparkAll()) {
        effects.answer(request.origin(), failed(Status.UNAVAILABLE, Reason.NONE, "no catalog"));
      }
    }
  }

  /** The catalog says what it has. */
  public void applied(Applied applied) {
    feed.applied(applied);
    boolean onLog =
        applied.index() <= log.lastIndex() && log.checksumAt(applied.index()) == applied.checksum();
    if (leader == null || !onLog) {
      // Only a leader may take it as news of its own log.
      return;
    }
    release.applied(applied);
    book.applied(applied.index());
    waiting.released(release);
  }

  /** The catalog has made ready for trades: they are released as soon as they are committed. */
  public void prepared(Prepared prepared) {
    if (leader != null && prepared.epoch() == leader.epoch()) {
      release.prepared(prepared);
      waiting.released(release);
    }
  }

  /**
   * The end of {@link Effects#hydrate}.
   *
   * @param minimumIndex as asked
   * @param reply Found, Failed, or null when no answer came
   */
  public void hydrated(String stock, long minimumIndex, Message reply) {
    if (book == null || !book.isHydrating(stock)) {
      return;
    }
    if (book.isTooOld(stock, minimumIndex)) {
      effects.hydrate(stock, book.indexToAsk(stock));
      return;
    }
    if (reply instanceof Found found) {
      book.enter(found.stock());
      book.unpark(stock).forEach(this::trade);
    } else if (reply instanceof Failed failure && failure.status() == Status.NOT_FOUND) {
      book.unpark(stock).forEach(this::refuseUnknown);
    } else {
      for (TradeRequest request : book.unpark(stock)) {
        effects.answer(request.origin(), failed(Status.UNAVAILABLE, Reason.NONE, "no catalog"));
      }
    }
  }

  private void refuseUnknown(TradeRequest request) {
    long logged = keys.find(request.trade().key());
    if (logged != 0) {
      repeat(request, log.read(logged));
    } else {
      var refusal = failed(Status.NOT_FOUND, Reason.UNKNOWN_STOCK, "");
      await(request, refusal, 0, confirm(), false);
    }
  }

  // ---- time ------------------------------------------------------------------------------------

  /**
   * While what was appended is on its way to the disks, the catalog makes ready for it. Returns
   * whether there is anything to send.
   */
  public boolean prepare() {
    return serving && feed.prepare(leader.epoch());
  }

  /** The end of a turn: sends the catalog what there is for it, once. */
  public void flush() {
    roundOfTurn = 0;
    if (serving) {
      feed.flush(leader.epoch(), commitIndex);
    }
  }

  /** Gives up what has waited for five seconds. */
  public void tick(long nowNanos) {
    long since = nowNanos - WAIT_NANOS_MAX;
    for (Pending pending : waiting.takeOlderThan(since)) {
      var reason = pending.logged ? Reason.OUTCOME_OPEN : Reason.NONE;
      effects.answer(pending.origin, failed(Status.UNAVAILABLE, reason, "not released in time"));
    }
    while (!earlyTrades.isEmpty() && earlyTrades.peekFirst().sinceNanos() <= since) {
      effects.answer(earlyTrades.removeFirst().origin(), notServing());
    }
    while (!earlyFinds.isEmpty() && earlyFinds.peekFirst().sinceNanos <= since) {
      effects.answer(earlyFinds.removeFirst().origin, notServing());
    }
  }

  /** Whether {@link #tick} has anything to wait for. */
  public boolean waitsForTime() {
    return requests() > 0;
  }

  private int requests() {
    int parked = book == null ? 0 : book.parked();
    return waiting.count() + earlyTrades.size() + earlyFinds.size() + parked;
  }

  private boolean isFull() {
    return requests() >= REQUESTS_MAX;
  }

  /** One round serves all requests of a turn: it begins behind each of them. */
  private long confirm() {
    if (roundOfTurn == 0) {
      roundOfTurn = leader.confirm();
    }
    return roundOfTurn;
  }

  private Failed notLeader(Reason reason) {
    return new Failed(Status.NOT_LEADER, reason, leaderHint, "");
  }

  private static Failed busy() {
    return failed(Status.BUSY, Reason.NONE, REQUESTS_MAX + " requests wait");
  }

  private static Failed notServing() {
    return failed(Status.UNAVAILABLE, Reason.NONE, "the leader is not elected yet");
  }

  private static Failed failed(Status status, Reason reason, String detail) {
    return new Failed(status, reason, 0, detail);
  }
}
