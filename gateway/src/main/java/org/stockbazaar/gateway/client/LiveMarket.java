package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.stockbazaar.gateway.admin.Operations;
import org.stockbazaar.gateway.cache.StockCache;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.Market;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * The market behind the gateway: stocks from the cache or the catalog, trades and orders from the
 * leader of the order nodes. On the gateway's event loop.
 */
public final class LiveMarket implements Market {
  private final EventLoop loop;
  private final StockCache<Quote> cache;
  private final OrderClient orders;
  private final CatalogClient catalog;
  private final LiveOperations operations;
  private final GatewayStart start;
  private final long deadlineNanos;

  LiveMarket(
      EventLoop loop,
      Link.Factory factory,
      GatewayStart start,
      MarketOptions options,
      RandomGenerator jitter,
      Metrics metrics) {
    this.loop = loop;
    this.start = start;
    this.deadlineNanos = options.deadlineNanos();
    this.cache = new StockCache<>(options.cacheEntries());
    cache.enable(options.cacheOn());
    var turn = new Turn(loop);
    this.orders = new OrderClient(loop, turn, factory, options, jitter);
    this.catalog = new CatalogClient(loop, turn, factory, options, cache);
    this.operations = new LiveOperations(loop, orders, catalog, cache, options);
    show(metrics);
  }

  /**
   * The market over the channels of the nodes' protocol.
   *
   * @param start the process whose channels these are
   * @param jitter spreads the retries of several gateways
   */
  public static LiveMarket open(
      Clients clients,
      GatewayStart start,
      MarketOptions options,
      RandomGenerator jitter,
      Metrics metrics) {
    var links = new FrameLinks(clients, options);
    return new LiveMarket(clients.loop(), links, start, options, jitter, metrics);
  }

  private void show(Metrics metrics) {
    metrics.counter(
        "bazaar_cache_hits_total", "Stock lookups that the cache answered.", cache::hits);
    metrics.counter("bazaar_cache_misses_total", "Stock lookups that it did not.", cache::misses);
    metrics.gauge("bazaar_cache_entries", "Stocks in the cache.", cache::entries);
    metrics.counter(
        "bazaar_cache_invalidations_total",
        "Stocks that the cache forgot when it was told to.",
        cache::invalidations);
    metrics.gauge("bazaar_cache_enabled", "1 while it is on.", () -> cache.enabled() ? 1 : 0);
    metrics.gauge("bazaar_leader", "Id of the leading order node, 0 for none.", orders::leader);
    metrics.gauge("bazaar_epoch", "Epoch of the leader, or of the last one.", orders::epoch);
    metrics.counter(
        "bazaar_leader_changes_total", "Leaders that were found.", orders::leaderChanges);
    metrics.gauge(
        "bazaar_calls_in_flight", "Trades and order lookups in flight.", orders::inFlight);
  }

  /** What operators may ask of it. */
  public Operations operations() {
    return operations;
  }

  /** Opens the channels and looks for the leader; on any thread, returns at once. */
  public void start() {
    loop.execute(
        () -> {
          catalog.start();
          orders.start();
        });
  }

  /**
   * Lets go of the cache and closes the channels, then calls {@code done}. To be called when every
   * request is answered.
   */
  public void drain(Runnable done) {
    catalog.leave(
        () -> {
          catalog.close();
          orders.close();
          done.run();
        });
  }

  @Override
  public void stock(String name, long askedNanos, Outcome<Quote> outcome) {
    Quote cached = cache.get(name, askedNanos);
    if (cached == null) {
      catalog.lookup(name, outcome);
    } else {
      outcome.found(cached);
    }
  }

  @Override
  public void stocks(String after, int limit, Outcome<Message.Page> outcome) {
    catalog.browse(after, limit, outcome);
  }

  @Override
  public void trade(Key key, Side side, long quantity, String stock, Outcome<Long> outcome) {
    orders.call(
        Call.trade(
            key, side, quantity, stock, () -> letGo(side, quantity, stock), deadline(), outcome));
  }

  /** Lets a stock go, unless the trade will likely be refused: then it stays as it is kept. */
  private LetGo letGo(Side side, long quantity, String name) {
    Quote kept = cache.peek(name);
    return kept != null && isRefused(kept.stock(), side, quantity)
        ? LetGo.NOBODY
        : new LetGo(start.gateway(), start.incarnation(), cache.letGo(name));
  }

  private static boolean isRefused(Stock stock, Side side, long quantity) {
    return (side == Side.BUY && stock.quantity() < quantity)
        || (stock.volumeMax() > 0 && stock.volume() + quantity > stock.volumeMax());
  }

  @Override
  public void order(long number, Outcome<Message.Order> outcome) {
    orders.call(Call.order(new Message.FindOrder(number), deadline(), outcome));
  }

  private long deadline() {
    return loop.ticker().nanoTime() + deadlineNanos;
  }

  @Override
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (!catalog.isOpen()) {
      missing.add("the catalog");
    } else if (!catalog.hasStocks()) {
      missing.add("stocks");
    }
    if (orders.leader() == 0) {
      missing.add("a leading order node");
    }
    return missing;
  }
}
