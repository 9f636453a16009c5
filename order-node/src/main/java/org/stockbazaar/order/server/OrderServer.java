package org.stockbazaar.order.server;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.order.driver.Parts;
import org.stockbazaar.order.driver.Stop;
import org.stockbazaar.order.replication.Group;
import org.stockbazaar.order.replication.Timing;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.FrameClients;
import org.stockbazaar.protocol.channel.FrameServer;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.HistogramLog;
import org.stockbazaar.protocol.metrics.Metrics;
import org.stockbazaar.protocol.process.HealthServer;
import org.stockbazaar.protocol.process.Node;

/** An order node's process: files and sockets around an {@link OrderNode}. */
public final class OrderServer implements Node {
  private static final Logger LOG = LoggerFactory.getLogger(OrderServer.class);
  private static final long DRAIN_SECONDS_MAX = 5;

  private final OrderConfiguration configuration;
  private final EventLoop loop;
  private final Files files;
  private final Metrics metrics = new Metrics();
  private final OrderNode node;
  private final FrameServer server;
  private final HealthServer health;
  private HistogramLog histogramLog;
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
    var self =
        new Identity(Role.ORDER, configuration.node(), incarnation, configuration.secret(), ids);
    node =
        new OrderNode(
            new FrameClients(transport, self, metrics),
            new OrderNode.Addresses(configuration.peers(), configuration.catalog()),
            new Parts(
                new Group(configuration.node(), ids),
                incarnation,
                Timing.DEFAULT,
                files.log(),
                files.log()::sync,
                files.vote(),
                configuration.allowReset()),
            System::currentTimeMillis,
            metrics,
            stop);
    server =
        new FrameServer(
            transport, self, configuration.listen(), node::accept, ChannelLimits.DEFAULT, metrics);
    health = new HealthServer(transport, metrics, node::missing);
  }

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
    node.start();
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
    server.stopAccepting();
    node.drain(() -> close(done));
    loop.schedule(() -> close(done), DRAIN_SECONDS_MAX, TimeUnit.SECONDS);
  }

  private void close(Runnable done) {
    if (closed) {
      return;
    }
    closed = true;
    health.close();
    node.close();
    server.close();
    if (histogramLog != null) {
      histogramLog.interval(System.currentTimeMillis());
      histogramLog.close();
    }
    files.close();
    done.run();
  }
}
