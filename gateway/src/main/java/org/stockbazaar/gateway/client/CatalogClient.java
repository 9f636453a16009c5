package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import org.stockbazaar.gateway.cache.StockCache;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Status;

/**
 * Asks the catalog what the cache does not have, keeps the lease alive while that is worth it, and
 * lets go of what the catalog drops before it says so. On the gateway's event loop.
 *
 * <p>Lookups, renewals and drops go over one channel, so that their order is the order of truth. A
 * question without a catalog waits for one, a second at most: a restart of the catalog is not to be
 * seen.
 */
final class CatalogClient implements Link.Listener {
  private static final long STARVED_NANOS_MAX = 1_000_000_000L;
  private static final long SWEEP_NANOS = 20_000_000L;
  private static final long READY_NANOS = 20_000_000L;
  private static final long READY_TIMEOUT_NANOS = 100_000_000L;
  private static final long LEAVE_TIMEOUT_NANOS = 500_000_000L;

  private final EventLoop loop;
  private final Turn turn;
  private final StockCache<Quote> cache;
  private final Link link;
  private final long deadlineNanos;
  private final int inFlightMax;
  private final ArrayDeque<CatalogCall<?>> waiting = new ArrayDeque<>();
  private final Pace sweep;
  private final Pace renewals;
  private final Pace readiness;
  private int inFlight;
  private boolean hasStocks;

  CatalogClient(
      EventLoop loop,
      Turn turn,
      Link.Factory factory,
      MarketOptions options,
      StockCache<Quote> cache) {
    this.loop = loop;
    this.turn = turn;
    this.cache = cache;
    this.deadlineNanos = options.deadlineNanos();
    this.inFlightMax = options.inFlightMax();
    this.link = factory.catalog(this);
    turn.add(link);
    this.sweep = new Pace(loop, SWEEP_NANOS, this::sweepWaiting);
    this.renewals = new Pace(loop, StockCache.RENEWAL_NANOS, this::renew);
    this.readiness = new Pace(loop, READY_NANOS, this::askForStocks);
  }

  void start() {
    link.start();
  }

  void close() {
    link.close();
  }

  boolean isOpen() {
    return link.isOpen();
  }

  /** Whether the catalog serves and has listed its stocks. */
  boolean hasStocks() {
    return hasStocks;
  }

  // ---- questions -------------------------------------------------------------------------------

  /** Looks a stock up at the catalog, and keeps it when the cache may. */
  void lookup(String name, Outcome<Quote> outcome) {
    begin(new Lookup(name), outcome);
  }

  void browse(String after, int limit, Outcome<Message.Page> outcome) {
    begin(new Browse(after, limit), outcome);
  }

  private <T> void begin(CatalogCall.Question<T> question, Outcome<T> outcome) {
    var call = new CatalogCall<>(question, now() + deadlineNanos, outcome);
    if (inFlight >= inFlightMax) {
      call.fails(
          new Problem(
              Kind.OVERLOADED, inFlightMax + " lookups are in flight, the most there may be"));
      return;
    }
    inFlight++;
    if (link.isOpen()) {
      send(call);
    } else {
      starve(call, "the catalog cannot be reached");
    }
  }

  private void send(CatalogCall<?> call) {
    call.question.ask(Math.max(1, call.deadlineNanos - now()), new Attempt(call));
    turn.flushLater();
  }

  private final class Lookup implements CatalogCall.Question<Quote> {
    private final String name;
    private StockCache.Lookup held;

    Lookup(String name) {
      this.name = name;
    }

    @Override
    public void ask(long timeoutNanos, ReplyHandler handler) {
      long nowNanos = now();
      boolean hold = cache.mayHold();
      if (cache.renewBeforeLookup(nowNanos)) {
        sendRenewal(nowNanos);
      }
      held = hold ? cache.lookupSent(name, nowNanos) : null;
      link.call(new Message.Lookup(name, hold ? held.number() : 0), timeoutNanos, handler);
    }

    @Override
    public void ended() {
      if (held != null) {
        cache.lost(held);
        held = null;
      }
    }

    @Override
    public Quote read(Message reply) {
      if (!(reply instanceof Message.Found found)) {
        return null;
      }
      var quote = Quote.of(found.stock());
      if (held != null) {
        cache.fill(held, quote, now());
        held = null;
        renewals.start();
      }
      return quote;
    }
  }

  private final class Browse implements CatalogCall.Question<Message.Page> {
    private final Message.Browse browse;

    Browse(String after, int limit) {
      browse = new Message.Browse(after, limit);
    }

    @Override
    public void ask(long timeoutNanos, ReplyHandler handler) {
      link.call(browse, timeoutNanos, handler);
    }

    @Override
    public void ended() {
      // Nothing of it is kept.
    }

    @Override
    public Message.Page read(Message reply) {
      return reply instanceof Message.Page page ? page : null;
    }
  }

  private final class Attempt implements ReplyHandler {
    private final CatalogCall<?> call;

    Attempt(CatalogCall<?> call) {
      this.call = call;
    }

    @Override
    public void replied(Message reply) {
      if (reply instanceof Failed failed) {
        call.question.ended();
        failed(failed);
        return;
      }
      inFlight--;
      boolean succeeds = call.succeeds(reply);
      call.question.ended();
      if (!succeeds) {
        call.fails(new Problem(Kind.INTERNAL, "the catalog answered " + reply));
      }
    }

    private void failed(Failed failed) {
      if (failed.status() == Status.UNAVAILABLE) {
        starve(call, "the catalog is not ready");
      } else {
        fail(call, Problems.of(failed, Kind.STOCK_NOT_FOUND));
      }
    }

    @Override
    public void lost(boolean sent) {
      call.question.ended();
      if (now() - call.deadlineNanos >= 0) {
        fail(call, new Problem(Kind.UNAVAILABLE, "the catalog does not answer"));
      } else {
        starve(call, "the catalog cannot be reached");
      }
    }
  }

  /** There is nobody to ask just now. */
  private void starve(CatalogCall<?> call, String why) {
    long nowNanos = now();
    if (!call.starved) {
      call.starved = true;
      call.starvedSinceNanos = nowNanos;
    }
    if (nowNanos - call.starvedSinceNanos >= STARVED_NANOS_MAX
        || nowNanos - call.deadlineNanos >= 0) {
      fail(call, new Problem(Kind.UNAVAILABLE, why));
    } else {
      waiting.add(call);
      sweep.start();
    }
  }

  private void fail(CatalogCall<?> call, Problem problem) {
    inFlight--;
    call.fails(problem);
  }

  /** Asks again what waits, if there is a channel; what has waited for too long fails. */
  private boolean sweepWaiting() {
    int count = waiting.size();
    for (int i = 0; i < count; i++) {
      CatalogCall<?> call = waiting.remove();
      if (link.isOpen()) {
        send(call);
      } else {
        starve(call, "the catalog cannot be reached");
      }
    }
    return !waiting.isEmpty();
  }

  // ---- the channel -----------------------------------------------------------------------------

  @Override
  public void opened() {
    cache.channelOpened();
    sweepWaiting();
    askForStocks();
  }

  @Override
  public void received(long correlation, Message message) {
    if (message instanceof Message.Drop drop) {
      cache.drop(drop.stocks());
      link.answer(correlation, new Message.Dropped());
      turn.flushLater();
    }
  }

  @Override
  public void closed() {
    cache.channelClosed();
    hasStocks = false;
  }

  private boolean askForStocks() {
    if (link.isOpen() && !hasStocks) {
      link.call(new Message.Browse("", 1), READY_TIMEOUT_NANOS, new StocksReply());
      turn.flushLater();
    }
    return false;
  }

  private final class StocksReply implements ReplyHandler {
    @Override
    public void replied(Message reply) {
      hasStocks = reply instanceof Message.Page page && !page.stocks().isEmpty();
      if (!hasStocks) {
        readiness.start();
      }
    }

    @Override
    public void lost(boolean sent) {
      readiness.start();
    }
  }

  // ---- the lease -------------------------------------------------------------------------------

  private boolean renew() {
    long nowNanos = now();
    if (cache.renewDue(nowNanos)) {
      sendRenewal(nowNanos);
      turn.flushLater();
    }
    return cache.leased(nowNanos);
  }

  private void sendRenewal(long nowNanos) {
    var renewal = cache.renewSent(nowNanos);
    link.call(
        new Message.Renew(),
        StockCache.LEASE_NANOS,
        new ReplyHandler() {
          @Override
          public void replied(Message reply) {
            if (reply instanceof Message.Renewed) {
              cache.renewed(renewal, now());
            }
          }

          @Override
          public void lost(boolean sent) {
            // Without its acknowledgement the lease runs out by itself.
          }
        });
  }

  /** Holds nothing from now on and tells the catalog, which then need not wait for the lease. */
  void leave(Runnable left) {
    cache.enable(false);
    if (!link.isOpen()) {
      left.run();
      return;
    }
    link.call(
        new Message.Leave(),
        LEAVE_TIMEOUT_NANOS,
        new ReplyHandler() {
          @Override
          public void replied(Message reply) {
            left.run();
          }

          @Override
          public void lost(boolean sent) {
            left.run();
          }
        });
    turn.flushLater();
  }

  /** Turns the cache on or off; off the catalog need not wait for this gateway any more. */
  void enableCache(boolean on) {
    if (on == cache.enabled()) {
      return;
    }
    if (on) {
      cache.enable(true);
    } else {
      leave(() -> {});
    }
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
