package org.stockbazaar.catalog.server;

import io.netty.channel.EventLoop;
import java.io.IOException;
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
import org.stockbazaar.catalog.store.StockMap;
import org.stockbazaar.catalog.view.Asker;
import org.stockbazaar.catalog.view.Catalog;
import org.stockbazaar.catalog.view.CatalogFullException;
import org.stockbazaar.catalog.view.CorruptionException;
import org.stockbazaar.catalog.view.Listing;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.FrameServer;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.channel.Turns;
import org.stockbazaar.protocol.config.DataDirectory;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
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
import org.stockbazaar.protocol.metrics.HistogramLog;
import org.stockbazaar.protocol.metrics.Latencies;
import org.stockbazaar.protocol.metrics.Metrics;
import org.stockbazaar.protocol.process.HealthServer;
import org.stockbazaar.protocol.process.Node;

/**
 * The catalog node: sessions bring requests to the pure parts; at the end of each turn of the event
 * loop the gateways are told what to drop, the leader what is applied and released, and each
 * channel is flushed once.
 */
public final class CatalogServer implements Node {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogServer.class);
  private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long TICK_MILLIS = 10;
  private static final long LISTING_TICK_MILLIS = 100;

  private final EventLoop loop;
  private final CatalogConfiguration configuration;
  private final BiConsumer<String, Throwable> stop;
  private final Metrics metrics = new Metrics();
  private final DataDirectory directory;
  private final StockMap map;
  private final View view;
  private final long leaseNanos;
  private final Leases leases;
  private final Catalog catalog;
  private final Listing listing;
  private final Checkpointing checkpointing;
  private final FrameServer server;
  private final HealthServer health;
  private final Turns turns;
  private final Latencies applies = metrics.requests("apply");
  private final Map<Long, CatalogSession> sessions = new LinkedHashMap<>();
  private final Map<Integer, CatalogSession> gateways = new LinkedHashMap<>();
  private CatalogSession feeder;
  private long sessionCount;
  private boolean tickAwaited;
  private boolean told;

  /**
   * Opens the files. {@link FailedException} when they cannot be used.
   *
   * @param stop called with the reason when the node cannot go on
   */
  public CatalogServer(
      Transport transport, CatalogConfiguration configuration, BiConsumer<String, Throwable> stop) {
    this(transport, configuration, stop, LEASE_NANOS);
  }

  /** As a test has it, with leases that do not run out while it looks. */
  CatalogServer(
      Transport transport,
      CatalogConfiguration configuration,
      BiConsumer<String, Throwable> stop,
      long leaseNanos) {
    loop = transport.loop();
    this.leaseNanos = leaseNanos;
    leases = new Leases(leaseNanos);
    this.configuration = configuration;
    this.stop = stop;
    directory = DataDirectory.open(configuration.data());
    map = StockMap.open(directory.path(), configuration.stocksMax());
    view = new View(map, map.found());
    boolean noOldLeases = map.drained() || directory.incarnation() == 1;
    long leasesOver = System.nanoTime() + (noOldLeases ? 0 : leaseNanos);
    catalog = new Catalog(view, leases, this::answer, leaseNanos, leasesOver);
    listing = new Listing(view, configuration.stocks(), this::answer);
    checkpointing = new Checkpointing(loop, view, map, configuration.checkpointEntries());
    var identity =
        new Identity(
            Role.CATALOG,
            Identity.CATALOG_NODE,
            directory.incarnation(),
            configuration.secret(),
            List.of());
    server =
        new FrameServer(
            transport,
            identity,
            configuration.listen(),
            this::accepted,
            ChannelLimits.DEFAULT,
            metrics);
    health = new HealthServer(transport, metrics, this::missing);
    turns = new Turns(loop, this::turn);
    gauges();
    LOG.info("the map holds {} stocks, the order log up to {}", view.size(), view.index());
  }

  private void gauges() {
    metrics.gauge(
        "bazaar_catalog_applied_index", "Last applied index of the order log.", view::index);
    metrics.gauge("bazaar_catalog_stocks", "Stocks that are listed.", view::size);
    metrics.gauge(
        "bazaar_catalog_unreleased",
        "Applied entries that are not released yet.",
        () -> leases.unreleased().size());
    metrics.gauge(
        "bazaar_catalog_checkpoints",
        "Checkpoints written since the start.",
        checkpointing::written);
    metrics.gauge(
        "bazaar_catalog_checkpoint_index",
        "Index that the newest checkpoint since the start begins with.",
        checkpointing::newestIndex);
    metrics.gauge("bazaar_catalog_held", "Stocks that gateways may cache.", leases::heldCount);
  }

  @Override
  public void start() {
    listen();
  }

  /** Listens; returns the address with the port that it got. */
  HostPort listen() {
    if (configuration.stocks().count() > configuration.stocksMax()) {
      throw new FailedException(
          "the stocks file lists "
              + configuration.stocks().count()
              + " stocks; for more than "
              + configuration.stocksMax()
              + " start with a larger --stocks-max");
    }
    HostPort address = server.start();
    health.start(configuration.health());
    if (configuration.histogramLog() != null) {
      var log = new HistogramLog(configuration.histogramLog(), metrics, System.currentTimeMillis());
      loop.scheduleAtFixedRate(
          () -> log.interval(System.currentTimeMillis()), 1, 1, TimeUnit.SECONDS);
    }
    return address;
  }

  /** What it still waits for; empty when it serves. On the event loop. */
  List<String> missing() {
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
          "the listing of the stocks file, at "
              + listing.lookedAt()
              + " of "
              + configuration.stocks().count());
    } else if (listing.refusal() != null) {
      missing.add("the listing of the stocks file: " + listing.refusal());
    }
    return missing;
  }

  // ---- sessions --------------------------------------------------------------------------------

  private Session accepted(Connection connection) {
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
    long now = System.nanoTime();
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
    long now = System.nanoTime();
    if (message instanceof Apply apply) {
      apply(session, apply, now);
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
    long now = System.nanoTime();
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
      applies.record(System.nanoTime() - now);
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
    checkpointing.abandon();
    listing.restart();
    List.copyOf(gateways.values()).forEach(CatalogSession::close);
  }

  private void answer(Asker asker, Message reply) {
    metrics.requests(asker.kind()).record(System.nanoTime() - asker.sinceNanos());
    CatalogSession session = sessions.get(asker.session());
    if (session != null) {
      session.send(asker.correlation(), reply);
    }
  }

  // ---- turns -----------------------------------------------------------------------------------

  private void turn() {
    long now = System.nanoTime();
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
      Propose proposal = catalog.isReady() ? proposal(now) : null;
      if (proposal != null) {
        feeder.send(0, proposal);
      }
    }
    tellFollowers();
    if (catalog.isReady()) {
      checkpointing.turn();
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

  /** Closes the channels, lets the leases run out, and closes the map cleanly. */
  @Override
  public void drain(Runnable done) {
    server.close();
    health.close();
    // Leases of a process before this one count, too.
    long older = Math.max(0, catalog.leasesOverNanos() - System.nanoTime());
    long nanos = leases.anyLive() ? leaseNanos : older;
    loop.schedule(() -> close(done), nanos, TimeUnit.NANOSECONDS);
  }

  private void close(Runnable done) {
    checkpointing.abandon();
    map.close(view, true);
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("cannot release the data directory", e);
    }
    LOG.info("closed with {} stocks, the order log up to {}", view.size(), view.index());
    done.run();
  }
}
