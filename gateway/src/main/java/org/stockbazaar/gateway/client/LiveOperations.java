package org.stockbazaar.gateway.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.stockbazaar.gateway.admin.CacheFigures;
import org.stockbazaar.gateway.admin.ClusterView;
import org.stockbazaar.gateway.admin.Operations;
import org.stockbazaar.gateway.cache.StockCache;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Pong;

/** What operators ask, carried out over the gateway's own channels. On its event loop. */
final class LiveOperations implements Operations {
  /** A replica that answers no ping in this time is shown as unreachable. */
  private static final long PING_TIMEOUT_NANOS = 300_000_000L;

  private final EventLoop loop;
  private final OrderClient orders;
  private final CatalogClient catalog;
  private final StockCache<Quote> cache;
  private final MarketOptions options;
  private final SortedSet<Integer> replicas;

  LiveOperations(
      EventLoop loop,
      OrderClient orders,
      CatalogClient catalog,
      StockCache<Quote> cache,
      MarketOptions options) {
    this.loop = loop;
    this.orders = orders;
    this.catalog = catalog;
    this.cache = cache;
    this.options = options;
    replicas = Collections.unmodifiableSortedSet(new TreeSet<>(options.orders().ids()));
  }

  @Override
  public SortedSet<Integer> replicas() {
    return replicas;
  }

  @Override
  public void cluster(Consumer<ClusterView> told) {
    var survey = new Survey(told);
    for (int replica : replicas) {
      orders.ask(replica, new Message.Ping(), PING_TIMEOUT_NANOS, survey.of(replica));
    }
  }

  /** One round of pings, told when each is answered or lost. */
  private final class Survey {
    private final Consumer<ClusterView> told;
    private final SortedMap<Integer, Pong> pongs = new TreeMap<>();
    private int awaited = replicas.size();

    Survey(Consumer<ClusterView> told) {
      this.told = told;
    }

    ReplyHandler of(int replica) {
      return new ReplyHandler() {
        @Override
        public void replied(Message reply) {
          heard(replica, reply instanceof Pong pong && pong.node() == replica ? pong : null);
        }

        @Override
        public void lost(boolean sent) {
          heard(replica, null);
        }
      };
    }

    private void heard(int replica, Pong pong) {
      if (pong != null) {
        pongs.put(replica, pong);
      }
      awaited--;
      if (awaited == 0) {
        told.accept(view());
      }
    }

    private ClusterView view() {
      List<ClusterView.Replica> all = new ArrayList<>();
      for (int replica : replicas) {
        HostPort address = options.orders().addresses().get(replica);
        all.add(new ClusterView.Replica(replica, address, pongs.get(replica)));
      }
      return new ClusterView(all);
    }
  }

  @Override
  public void lead(int replica, Outcome<Long> outcome) {
    new Transferring(loop, orders, deadline(), replica, outcome).step();
  }

  @Override
  public void reset(Outcome<Long> outcome) {
    new Resetting(loop, orders, deadline(), outcome).step();
  }

  private long deadline() {
    return loop.ticker().nanoTime() + options.deadlineNanos();
  }

  @Override
  public CacheFigures cache() {
    return new CacheFigures(
        cache.enabled(),
        cache.entries(),
        cache.entriesMax(),
        cache.hits(),
        cache.misses(),
        cache.invalidations());
  }

  @Override
  public void enableCache(boolean on) {
    catalog.enableCache(on);
  }

  @Override
  public int invalidate(String stock) {
    int before = cache.entries();
    cache.drop(stock == null ? List.of() : List.of(stock));
    return before - cache.entries();
  }
}
