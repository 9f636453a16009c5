package org.stockbazaar.catalog.server;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.catalog.lease.Leases;
import org.stockbazaar.catalog.lease.Leases.DropBatch;
import org.stockbazaar.catalog.view.Asker;
import org.stockbazaar.catalog.view.Catalog;
import org.stockbazaar.catalog.view.CatalogFullException;
import org.stockbazaar.catalog.view.CorruptionException;
import org.stockbazaar.catalog.view.Listing;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.channel.Turns;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Drop;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Foreign;
import org.stockbazaar.protocol.message.Message.ListStocks;
import org.stockbazaar.protocol.message.Message.Propose;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Latencies;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * A catalog node without sockets and files: sessions bring requests to the pure parts; at the end
 * of each turn of the event loop the gateways are told what to drop, the leader what is applied and
 * released, and each channel is flushed once. What is under it, the server's sockets and files or a
 * simulation's, is handed in.
 */
public final class CatalogNode {
  /** How long a gateway's lease lasts. */
  public static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final Logger LOG = LoggerFactory.getLogger(CatalogNode.class);
  private static final long TICK_MILLIS = 10;
  private static final long LISTING_TICK_MILLIS = 100;

  private final EventLoop loop;
  private final BiConsumer<String, Throwable> stop;
  private final Metrics metrics;
  private final View view;
  private final Checkpointer checkpointer;
  private final long leaseNanos;
  private final long stocksCount;
  private final Leases leases;
  private final Catalog catalog;
  private final Listing listing;
  private final Turns turns;
  private final Latencies applies;
  private final Map<Long, CatalogSession> sessions = new LinkedHashMap<>();
  private final Map<Integer, CatalogSession> gateways = new LinkedHashMap<>();
  private CatalogSession feeder;
  private long sessionCount;
  private boolean tickAwaited;
  private boolean told;

  /**
   * What a start finds and is told.
   *
   * @param view what is left of the map
   * @param checkpointer keeps the view for the next start
   * @param noOldLeases whether no gateway can hold a lease of a process before this one
   * @param leaseNanos how long a lease lasts
   * @param stocks listed when they are new
   * @param stocksCount how many
   */
  public record Start(
      View view,
      Checkpointer checkpointer,
      boolean noOldLeases,
      long leaseNanos,
      Iterable<Stock> stocks,
      long stocksCount) {}

  /** Port: writes checkpoints of the view while the node works. */
  public interface Checkpointer {
    /** Begins one when it is time. */
    void turn();

    /** Gives up the one under way: the view begins again. */
    void abandon();
  }

  /**
   * @param stop called with the reason when the node cannot go on
   */
  public CatalogNode(
      EventLoop loop, Start start, Metrics metrics, BiConsumer<String, Throwable> stop) {
    this.loop = loop;
    this.metrics = metrics;
    this.stop = stop;
    view = start.view();
    checkpointer = start.checkpointer();
    leaseNanos = start.leaseNanos();
    stocksCount = start.stocksCount();
    leases = new Leases(leaseNanos);
    long leasesOver = now() + (start.noOldLeases() ? 0 : leaseNanos);
    catalog = new Catalog(view, leases, this::answer, leaseNanos, leasesOver);
    listing = new Listing(view, start.stocks(), this::answer);
    turns = new Turns(loop, this::turn);
    applies = metrics.requests("apply");
    gauges();
  }

  private void gauges() {
    metrics.gauge(
        "bazaar_catalog_leader",
        "Id of the order node whose entries it applies, 0 for none.",
        () -> feeder == null ? 0 : feeder.peer().node());
    metrics.gauge("bazaar_catalog_epoch", "Epoch of that one, or the last.", catalog::epoch);
    metrics.gauge(
        "bazaar_catalog_ready", "1 while it serves and releases.", () -> catalog.isReady() ? 1 : 0);
    metrics.gauge(
        "bazaar_catalog_applied_index", "Last applied index of the order log.", view::index);
    metrics.gauge("bazaar_catalog_stocks", "Stocks that are listed.", view::size);
    metrics.gauge(
        "bazaar_catalog_unreleased",
        "Applied entries that are not released yet.",
        () -> leases.unreleased().size());
    metrics.gauge("bazaar_catalog_held", "Stocks that gateways may cache.", leases::heldCount);
  }

  /** Nanoseconds until no gateway can hold a lease, once the channels are closed. */
  public long nanosToLastLease() {
    // Leases of a process before this one count, too.
    return leases.anyLive() ? leaseNanos : Math.max(0, catalog.leasesOverNanos() - now());
  }

  /** What it still waits for; empty when it serves. On the event loop. */
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (feeder == null) {
      missing.add("a leading order node");
    } else if (catalog.catchUpIndex() > view.index()) {
      missing.add("the order log up to index " + catalog.catchUpIndex() + ", at " + view.index());
    } else if (!catalog.isReady()) {
      missing.add(
          catalog.catchUpIndex() < 0
              ? "a leader that a majority has confirmed"
              : "the end of old leases");
    }
    if (!listing.isFileDone()) {
      missing.add(
          "the listing of the stocks file, at " + listing.lookedAt() + " of " + stocksCount);
    } else if (listing.refusal() != null) {
      missing.add("the listing of the stocks file: " + listing.refusal());
    }
    return missing;
  }

  // ---- sessions --------------------------------------------------------------------------------

  /** The session for a channel that another node opened, null when it may not. */
  public Session accepted(Connection connection) {
    Message.Hello peer = connection.peer();
    if (peer.role() == Role.GATEWAY && !leases.opened(peer.node(), peer.incarnation())) {
      LOG.warn("refused gateway-{}: a newer process of it was here", peer.node());
      return null;
    }
    sessionCount++;
    var session = new CatalogSession(this, connection, sessionCount);
    sessions.put(session.number, session);
    if (peer.role() == Role.GATEWAY) {
      CatalogSession old = gateways.put(peer.node(), session);
      if (old != null) {
        old.close();
      }
    } else if (peer.role() == Role.ORDER) {
      session.tell(catalog.applied());
    }
    turns.request();
    return session;
  }

  void closed(CatalogSession session) {
    sessions.remove(session.number);
    gateways.remove(session.peer().node(), session);
    catalog.closed(session.number);
    listing.closed(session.number);
    if (feeder == session) {
      LOG.info("order-{} feeds no more", session.peer().node());
      feeder = null;
    }
    turns.request();
  }

  void received(CatalogSession session, long correlation, Message message) {
    turns.request();
    boolean known =
        switch (session.peer().role()) {
          case GATEWAY -> fromGateway(session, correlation, message);
          case ORDER -> fromOrder(session, correlation, message);
          default -> fromTool(session, correlation, message);
        };
    if (!known) {
      session.refuse(correlation, message);
    }
  }

  private boolean fromGateway(CatalogSession session, long correlation, Message message) {
    int gateway = session.peer().node();
    if (gateways.get(gateway) != session) {
      // A newer channel of the same gateway has taken over: what this one says is old.
      return true;
    }
    long now = now();
    if (message instanceof Message.Lookup lookup) {
      catalog.lookup(session.asker(correlation, "lookup", now), lookup, now);
    } else if (message instanceof Message.Renew) {
      if (leases.renew(gateway, now)) {
        session.send(correlation, new Message.Renewed());
      } else {
        LOG.warn("gateway-{} does not confirm what it is told to drop: closing", gateway);
        session.close();
      }
    } else if (message instanceof Message.Dropped) {
      leases.dropped(gateway, correlation);
    } else if (message instanceof Message.Leave) {
      leases.leave(gateway);
      session.send(correlation, new Message.Left());
    } else if (message instanceof Message.Browse browse) {
      catalog.browse(session.asker(correlation, "browse", now), browse, now);
    } else {
      return false;
    }
    return true;
  }

  private boolean fromOrder(CatalogSession session, long correlation, Message message) {
    long now = now();
    if (message instanceof Apply apply) {
      apply(session, apply, now);
    } else if (message instanceof Message.Prepare prepare) {
      catalog.prepare(session.number, prepare, now);
    } else if (message instanceof Message.Withdraw withdraw) {
      catalog.withdraw(withdraw);
    } else if (message instanceof Message.Hydrate hydrate) {
      catalog.hydrate(session.asker(correlation, "hydrate", now), hydrate, now);
    } else if (message instanceof Foreign foreign) {
      if (catalog.foreign(foreign, now)) {
        LOG.warn("the map is of another history than order-{}'s log", session.peer().node());
        feeds(session);
        rebuilding();
      } else {
        // The view has moved on since: the leader waits to hear where to.
        session.tell(catalog.applied());
      }
    } else {
      return false;
    }
    return true;
  }

  private boolean fromTool(CatalogSession session, long correlation, Message message) {
    long now = now();
    if (message instanceof Message.Digest) {
      session.send(correlation, catalog.digested());
    } else if (message instanceof ListStocks list) {
      list(session, correlation, list, now);
    } else if (message instanceof Message.Browse browse) {
      catalog.browse(session.asker(correlation, "browse", now), browse, now);
    } else {
      return false;
    }
    return true;
  }

  private void list(CatalogSession session, long correlation, ListStocks list, long now) {
    if (catalog.isReady()) {
      listing.list(session.asker(correlation, "list", now), list.stocks());
    } else {
      String detail = "the catalog waits for " + String.join(", ", missing());
      session.send(correlation, new Failed(Status.UNAVAILABLE, Reason.NONE, 0, detail));
    }
  }

  private void apply(CatalogSession session, Apply apply, long now) {
    try {
      Catalog.Outcome outcome = catalog.apply(session.number, apply, now);
      if (outcome != Catalog.Outcome.STALE) {
        feeds(session);
      }
      if (outcome == Catalog.Outcome.REBUILDING) {
        LOG.error("the map contradicts the order log");
        rebuilding();
      }
      applies.record(now() - now);
    } catch (CorruptionException e) {
      stop.accept("the rebuilt map contradicts the order log too: " + e.getMessage(), e);
    } catch (CatalogFullException e) {
      stop.accept(e.getMessage(), e);
    }
  }

  private void feeds(CatalogSession session) {
    if (feeder != session) {
      LOG.info("order-{} feeds", session.peer().node());
      feeder = session;
      listing.proposeAgain();
    }
  }

  /** The view begins further back; gateways empty their caches when they open new channels. */
  private void rebuilding() {
    LOG.warn("rebuilding the map from the order log behind index {}", view.index());
    told = false;
    checkpointer.abandon();
    listing.restart();
    List.copyOf(gateways.values()).forEach(CatalogSession::close);
  }

  private void answer(Asker asker, Message reply) {
    metrics.requests(asker.kind()).record(now() - asker.sinceNanos());
    CatalogSession session = sessions.get(asker.session());
    if (session != null) {
      session.send(asker.correlation(), reply);
    }
  }

  // ---- turns -----------------------------------------------------------------------------------

  private void turn() {
    long now = now();
    catalog.settle(now);
    for (DropBatch batch : leases.takeDrops(now)) {
      CatalogSession session = gateways.get(batch.gateway());
      if (session != null) {
        session.send(batch.batch(), new Drop(batch.stocks()));
      }
    }
    if (feeder != null) {
      Applied news = catalog.takeNews();
      if (news != null) {
        feeder.tell(news);
      }
      Message prepared = catalog.takePrepared();
      if (prepared != null) {
        feeder.send(0, prepared);
      }
      Propose proposal = catalog.isReady() ? proposal(now) : null;
      if (proposal != null) {
        feeder.send(0, proposal);
      }
    }
    tellFollowers();
    if (catalog.isReady()) {
      checkpointer.turn();
    }
    if (!told && missing().isEmpty()) {
      told = true;
      LOG.info("ready: {} stocks, the order log up to {}", view.size(), view.index());
    }
    sessions.values().forEach(CatalogSession::flush);
    awaitTick();
  }

  private Propose proposal(long now) {
    try {
      return listing.takeProposal(now);
    } catch (FailedException e) {
      stop.accept("the stocks file has changed: " + e.getMessage(), e);
      return null;
    }
  }

  /** Whoever leads next goes on where the catalog is now, not where it was long ago. */
  private void tellFollowers() {
    for (CatalogSession session : sessions.values()) {
      if (session != feeder && session.isBehind(view.index())) {
        session.tell(catalog.applied());
      }
    }
  }

  private void awaitTick() {
    boolean soon = catalog.waitsForTime();
    if (feeder != null && catalog.isReady() && listing.isLooking()) {
      turns.request();
    }
    if (!tickAwaited && (soon || (feeder != null && !listing.isDone()))) {
      tickAwaited = true;
      loop.schedule(
          () -> {
            tickAwaited = false;
            turns.request();
          },
          soon ? TICK_MILLIS : LISTING_TICK_MILLIS,
          TimeUnit.MILLISECONDS);
    }
  }

  private long now() {
    return loop.ticker().nanoTime();
  }
}
