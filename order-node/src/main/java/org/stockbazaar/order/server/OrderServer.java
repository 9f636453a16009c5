package org.stockbazaar.order.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.order.driver.Network;
import org.stockbazaar.order.driver.Parts;
import org.stockbazaar.order.driver.Stop;
import org.stockbazaar.order.replication.Group;
import org.stockbazaar.order.replication.Timing;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.FrameServer;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.channel.Turns;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.HistogramLog;
import org.stockbazaar.protocol.metrics.Metrics;
import org.stockbazaar.protocol.process.HealthServer;
import org.stockbazaar.protocol.process.Node;

/** An order node: wires the driver to files, channels, timers and metrics. */
public final class OrderServer implements Node, Network {
  private static final Logger LOG = LoggerFactory.getLogger(OrderServer.class);
  private static final long DRAIN_SECONDS_MAX = 5;

  private final OrderConfiguration configuration;
  private final EventLoop loop;
  private final Files files;
  private final Metrics metrics = new Metrics();
  private final Driver driver;
  private final Turns turns;
  private final Requests requests;
  private final PeerChannels peers;
  private final CatalogChannel catalog;
  private final FrameServer server;
  private final HealthServer health;
  private HistogramLog histogramLog;
  private ScheduledFuture<?> timer;
  private long timerNanos;
  private Runnable drained;
  private boolean closed;
  private HostPort address;
  private HostPort healthAddress;

  /** Opens the node's files. */
  public OrderServer(Transport transport, OrderConfiguration configuration, Stop stop) {
    this.configuration = configuration;
    loop = transport.loop();
    files = Files.open(configuration);
    var ids = configuration.peers().ids();
    long incarnation = files.directory().incarnation();
    turns = new Turns(loop, this::turn);
    driver =
        new Driver(
            new Parts(
                new Group(configuration.node(), ids),
                incarnation,
                Timing.DEFAULT,
                files.log(),
                files.log()::sync,
                files.vote()),
            this,
            System::currentTimeMillis,
            stop,
            System.nanoTime());
    var self =
        new Identity(Role.ORDER, configuration.node(), incarnation, configuration.secret(), ids);
    requests = new Requests(driver, metrics);
    var addresses = configuration.peers().addresses();
    peers = new PeerChannels(transport, self, addresses, driver, metrics);
    catalog = new CatalogChannel(transport, self, configuration.catalog(), driver, metrics);
    server =
        new FrameServer(
            transport, self, configuration.listen(), this::accept, ChannelLimits.DEFAULT, metrics);
    health = new HealthServer(transport, metrics, this::missing);
    measure();
  }

  private void measure() {
    metrics.gauge("bazaar_order_epoch", "The replica's epoch.", driver::epoch);
    metrics.gauge(
        "bazaar_order_leader", "1 while this replica leads.", () -> driver.isLeading() ? 1 : 0);
    metrics.gauge(
        "bazaar_order_last_number",
        "Newest transaction number in the log, -1 for none.",
        driver::lastNumber);
    metrics.gauge(
        "bazaar_order_commit_index", "Highest index known committed.", driver::commitIndex);
    metrics.gauge("bazaar_order_last_index", "Index of the log's last entry.", driver::lastIndex);
    metrics.gauge("bazaar_order_ignored", "Messages of peers that made no sense.", driver::ignored);
  }

  // ---- life ------------------------------------------------------------------------------------

  @Override
  public void start() {
    if (!configuration.force()) {
      LOG.warn(
          "--sync=os: orders are acknowledged before they are on the disk; a power failure may lose"
              + " some of them");
    }
    address = server.start();
    healthAddress = health.start(configuration.health());
    if (configuration.histogramLog() != null) {
      loop.execute(this::startHistogramLog);
    }
    peers.start();
    catalog.start();
  }

  private void startHistogramLog() {
    histogramLog =
        new HistogramLog(configuration.histogramLog(), metrics, System.currentTimeMillis());
    loop.scheduleAtFixedRate(
        () -> {
          if (!closed) {
            histogramLog.interval(System.currentTimeMillis());
          }
        },
        1,
        1,
        TimeUnit.SECONDS);
  }

  /** Where it listens, once started. */
  public HostPort address() {
    return address;
  }

  /** Where it serves health, once started. */
  public HostPort healthAddress() {
    return healthAddress;
  }

  @Override
  public void drain(Runnable done) {
    drained = done;
    server.stopAccepting();
    requests.drain();
    turns.request();
    loop.schedule(this::close, DRAIN_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    health.close();
    catalog.close();
    peers.close();
    server.close();
    if (histogramLog != null) {
      histogramLog.interval(System.currentTimeMillis());
      histogramLog.close();
    }
    files.close();
    drained.run();
  }

  /** What a ready order node has that this one lacks. */
  private List<String> missing() {
    var missing = new ArrayList<String>();
    if (!driver.hasLeader(System.nanoTime())) {
      missing.add("a leader");
    }
    if (!catalog.isOpen()) {
      missing.add("the catalog");
    }
    return missing;
  }

  private Session accept(Connection connection) {
    return switch (connection.peer().role()) {
      case GATEWAY, TOOL -> requests.accept(connection);
      case ORDER -> peers.accept(connection);
      case CATALOG -> null;
    };
  }

  // ---- turns -----------------------------------------------------------------------------------

  private void turn() {
    if (closed) {
      return;
    }
    long nowNanos = System.nanoTime();
    driver.turn(nowNanos);
    if (drained != null && requests.isEmpty()) {
      close();
      return;
    }
    wakeIn(driver.nanosToTurn(nowNanos), nowNanos);
  }

  /** One timer for all that time brings; one that runs out early does no harm. */
  private void wakeIn(long nanos, long nowNanos) {
    if (nanos == Long.MAX_VALUE) {
      return;
    }
    long at = nowNanos + nanos;
    if (timer != null) {
      if (timerNanos - at <= 0) {
        return;
      }
      timer.cancel(false);
    }
    timerNanos = at;
    timer =
        loop.schedule(
            () -> {
              timer = null;
              turns.request();
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }

  // ---- what the driver wants -------------------------------------------------------------------

  @Override
  public void toPeer(int peer, Message message) {
    peers.send(peer, message);
  }

  @Override
  public void flushPeers() {
    peers.flush();
  }

  @Override
  public void answer(Origin origin, Message reply) {
    requests.answer(origin, reply);
  }

  @Override
  public void toCatalog(Message message) {
    catalog.send(message);
  }

  @Override
  public void hydrate(String stock, long minimumIndex) {
    catalog.hydrate(stock, minimumIndex);
  }

  @Override
  public void flush() {
    requests.flush();
    catalog.flush();
    peers.flush();
  }

  @Override
  public void requestTurn() {
    turns.request();
  }
}
