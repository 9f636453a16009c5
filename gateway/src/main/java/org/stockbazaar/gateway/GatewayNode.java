package org.stockbazaar.gateway;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.gateway.client.LiveMarket;
import org.stockbazaar.gateway.client.MarketOptions;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.HttpServer;
import org.stockbazaar.protocol.channel.FrameClients;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.DataDirectory;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.NodeOptions;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.HistogramLog;
import org.stockbazaar.protocol.metrics.Metrics;
import org.stockbazaar.protocol.process.Node;

/**
 * A gateway put together: the market over channels to the nodes, and HTTP in front of it. It keeps
 * nothing on disk but the count of its starts.
 */
final class GatewayNode implements Node {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayNode.class);

  private final Transport transport;
  private final HostPort listen;
  private final DataDirectory data;
  private final Metrics metrics = new Metrics();
  private final LiveMarket market;
  private final HttpServer http;
  private final HistogramLog histogramLog;

  GatewayNode(Transport transport, NodeOptions options, int node, MarketOptions marketOptions) {
    this.transport = transport;
    listen = options.listen();
    data = DataDirectory.open(options.data());
    var self =
        new Identity(
            Role.GATEWAY, node, data.incarnation(), options.secret(), marketOptions.orders().ids());
    var clients = new FrameClients(transport, self, metrics);
    market = LiveMarket.open(clients, marketOptions, new SplittableRandom(), metrics);
    http = new HttpServer(market, metrics, new GatewayStart(node, data.incarnation()));
    histogramLog =
        options.histogramLog() == null
            ? null
            : new HistogramLog(options.histogramLog(), metrics, System.currentTimeMillis());
  }

  static void check(boolean holds, String option, String rule, Object value) {
    if (!holds) {
      throw new FailedException(option + " " + value + ": it must be " + rule);
    }
  }

  @Override
  public void start() {
    HostPort address = http.start(transport, listen);
    market.start();
    if (histogramLog != null) {
      transport
          .loop()
          .scheduleAtFixedRate(
              () -> histogramLog.interval(System.currentTimeMillis()), 1, 1, TimeUnit.SECONDS);
    }
    LOG.info("listening for HTTP on {}", address);
  }

  @Override
  public void drain(Runnable done) {
    http.drain(() -> market.drain(() -> close(done)));
  }

  private void close(Runnable done) {
    if (histogramLog != null) {
      histogramLog.interval(System.currentTimeMillis());
      histogramLog.close();
    }
    try {
      data.close();
    } catch (IOException e) {
      LOG.warn("could not unlock {}", data.path(), e);
    }
    done.run();
  }
}
