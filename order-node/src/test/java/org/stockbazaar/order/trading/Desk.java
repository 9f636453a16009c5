package org.stockbazaar.order.trading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Entry.Kind;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Prepared;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

/**
 * An {@link Exchange} on replica 1 with everything around it in the test's hands: commitment,
 * confirmation, the catalog and time. Nothing happens by itself.
 */
final class Desk implements Effects, Leader {
  static final long SECOND = 1_000_000_000L;

  final ListLog log;
  final Map<Long, Message> answers = new LinkedHashMap<>();
  final List<Message> sentToCatalog = new ArrayList<>();
  final List<String> hydrations = new ArrayList<>();
  final Map<String, Long> hydrationMinimum = new TreeMap<>();
  final Exchange exchange;
  private long epoch;
  private long rounds;
  private long requests;
  long nowNanos;

  Desk() {
    this(new ListLog());
  }

  Desk(ListLog log) {
    this.log = log;
    exchange = new Exchange(1, log, this);
  }

  /** Leads with a committed EPOCH entry and an open catalog that has applied everything. */
  static Desk serving() {
    var desk = new Desk();
    desk.serve();
    return desk;
  }

  void serve() {
    lead();
    commit();
    exchange.serves();
    exchange.catalogOpened();
    applied();
    exchange.flush();
  }

  void lead() {
    epoch++;
    Entry entry = log.epoch(epoch);
    exchange.leads(this, entry.index());
  }

  void commit() {
    exchange.committed(log.lastIndex());
  }

  /** A majority has answered every round that was asked for. */
  void majorityAnswers() {
    exchange.confirmed(rounds);
  }

  /** The catalog has applied the whole log; everything but these is released. */
  void applied(Long... unreleased) {
    exchange.applied(new Applied(log.lastIndex(), log.lastChecksum(), true, List.of(unreleased)));
  }

  /** The catalog is ready for trades up to an index; everything but these is let go. */
  void prepared(long index, Long... unreleased) {
    exchange.prepared(new Prepared(epoch, index, List.of(unreleased)));
  }

  /** Commits, applies and releases everything, and confirms the leader. */
  void settle() {
    commit();
    exchange.flush();
    applied();
    majorityAnswers();
  }

  void hydrated(String stock, long quantity, long volumeMax) {
    var found = new Found(new Stock(stock, 1599, quantity, 0, volumeMax, 1));
    exchange.hydrated(stock, hydrationMinimum.get(stock), found);
  }

  void unknown(String stock) {
    exchange.hydrated(
        stock,
        hydrationMinimum.get(stock),
        new Failed(Status.NOT_FOUND, Reason.UNKNOWN_STOCK, 0, ""));
  }

  /** Asks for a trade; returns the request's correlation. */
  long trade(long key, Side side, long quantity, String stock) {
    return trade(key, side, quantity, stock, LetGo.NOBODY);
  }

  long trade(long key, Side side, long quantity, String stock, LetGo letGo) {
    long correlation = ++requests;
    var trade = new Trade(1, new Key(9, key), side, quantity, stock, letGo);
    exchange.trade(new Origin(1, correlation), trade, nowNanos);
    return correlation;
  }

  long reset() {
    long correlation = ++requests;
    exchange.reset(new Origin(1, correlation), nowNanos);
    return correlation;
  }

  long find(long number) {
    long correlation = ++requests;
    exchange.find(new Origin(1, correlation), new FindOrder(number), nowNanos);
    return correlation;
  }

  long trades() {
    return log.nextNumber();
  }

  @Override
  public void answer(Origin origin, Message reply) {
    if (answers.putIfAbsent(origin.correlation(), reply) != null) {
      throw new AssertionError("a second answer to " + origin + ": " + reply);
    }
  }

  @Override
  public void toCatalog(Message message) {
    sentToCatalog.add(message);
  }

  @Override
  public void toCatalogAhead(Message message) {
    sentToCatalog.add(message);
  }

  @Override
  public void hydrate(String stock, long minimumIndex) {
    hydrations.add(stock);
    hydrationMinimum.put(stock, minimumIndex);
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public Entry propose(
      Kind kind, Key key, Side side, long quantity, long price, long volumeMax, String stock) {
    return log.add(epoch, kind, key, side, quantity, price, volumeMax, stock);
  }

  @Override
  public long confirm() {
    return ++rounds;
  }
}
