package org.stockbazaar.catalog.server;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.catalog.store.StockMap;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.FrameServer;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.DataDirectory;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.HistogramLog;
import org.stockbazaar.protocol.metrics.Metrics;
import org.stockbazaar.protocol.process.HealthServer;
import org.stockbazaar.protocol.process.Node;

/** A catalog node's process: files and sockets around a {@link CatalogNode}. */
public final class CatalogServer implements Node {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogServer.class);

  private final EventLoop loop;
  private final CatalogConfiguration configuration;
  private final Metrics metrics = new Metrics();
  private final DataDirectory directory;
  private final StockMap map;
  private final View view;
  private final Checkpointing checkpointing;
  private final CatalogNode node;
  private final FrameServer server;
  private final HealthServer health;

  /**
   * Opens the files. {@link FailedException} when they cannot be used.
   *
   * @param stop called with the reason when the node cannot go on
   */
  public CatalogServer(
      Transport transport, CatalogConfiguration configuration, BiConsumer<String, Throwable> stop) {
    this(transport, configuration, stop, CatalogNode.LEASE_NANOS);
  }

  /** As a test has it, with leases that do not run out while it looks. */
  CatalogServer(
      Transport transport,
      CatalogConfiguration configuration,
      BiConsumer<String, Throwable> stop,
      long leaseNanos) {
    loop = transport.loop();
    this.configuration = configuration;
    directory = DataDirectory.open(configuration.data());
    map = StockMap.open(directory.path(), configuration.stocksMax());
    view = new View(map, map.found());
    checkpointing = new Checkpointing(loop, view, map, configuration.checkpointEntries());
    var start =
        new CatalogNode.Start(
            view,
            checkpointing,
            map.drained(),
            leaseNanos,
            configuration.stocks(),
            configuration.stocks().count());
    node = new CatalogNode(loop, start, metrics, stop);
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
            node::accepted,
            ChannelLimits.DEFAULT,
            metrics);
    health = new HealthServer(transport, metrics, node::missing);
    gauges();
    LOG.info("the map holds {} stocks, the order log up to {}", view.size(), view.index());
  }

  private void gauges() {
    metrics.gauge(
        "bazaar_catalog_checkpoints",
        "Checkpoints written since the start.",
        checkpointing::written);
    metrics.gauge(
        "bazaar_catalog_checkpoint_index",
        "Index that the newest checkpoint since the start begins with.",
        checkpointing::newestIndex);
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
    return node.missing();
  }

  /** Closes the channels, lets the leases run out, and closes the map cleanly. */
  @Override
  public void drain(Runnable done) {
    server.close();
    health.close();
    loop.schedule(() -> close(done), node.nanosToLastLease(), TimeUnit.NANOSECONDS);
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
