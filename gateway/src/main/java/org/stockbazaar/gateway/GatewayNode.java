package org.stockbazaar.gateway;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.gateway.admin.AdminRoutes;
import org.stockbazaar.gateway.client.LiveMarket;
import org.stockbazaar.gateway.client.MarketOptions;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.HttpLimits;
import org.stockbazaar.gateway.http.HttpMetrics;
import org.stockbazaar.gateway.http.HttpServer;
import org.stockbazaar.gateway.http.Incident;
import org.stockbazaar.gateway.http.MarketRoutes;
import org.stockbazaar.gateway.http.Routes;
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
  private final AdminOptions.Admin admin;
  private final HttpServer adminHttp;
  private final HistogramLog histogramLog;

  /**
   * @param admin the operators' port, null for none
   */
  GatewayNode(
      Transport transport,
      NodeOptions options,
      int node,
      MarketOptions marketOptions,
      AdminOptions.Admin admin) {
    this.transport = transport;
    listen = options.listen();
    data = DataDirectory.open(options.data());
    var self =
        new Identity(
            Role.GATEWAY, node, data.incarnation(), options.secret(), marketOptions.orders().ids());
    var clients = new FrameClients(transport, self, metrics);
    var start = new GatewayStart(node, data.incarnation());
    market = LiveMarket.open(clients, start, marketOptions, new SplittableRandom(), metrics);
    var incident = new Incident(start);
    http = server(new MarketRoutes(market, start, metrics), "bazaar_http", incident);
    this.admin = admin;
    adminHttp =
        admin == null
            ? null
            : server(
                new AdminRoutes(market.operations(), admin.token()), "bazaar_admin_http", incident);
    histogramLog =
        options.histogramLog() == null
            ? null
            : new HistogramLog(options.histogramLog(), metrics, System.currentTimeMillis());
  }

  private HttpServer server(Routes routes, String name, Incident incident) {
    var figures = new HttpMetrics(metrics, name);
    return new HttpServer(
        routes, figures, incident, HttpLimits.standard(), transport.loop().ticker()::nanoTime);
  }

  static void check(boolean holds, String option, String rule, Object value) {
    if (!holds) {
      throw new FailedException(option + " " + value + ": it must be " + rule);
    }
  }

  @Override
  public void start() {
    HostPort address = http.start(transport, listen, "--listen");
    if (adminHttp != null) {
      LOG.info(
          "listening for operators on {}",
          adminHttp.start(transport, admin.address(), "--admin-port"));
    }
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
    if (adminHttp == null) {
      http.drain(() -> market.drain(() -> close(done)));
      return;
    }
    // Both at once, and the market when nobody asks it any more.
    var left = new int[] {2};
    Runnable one =
        () -> {
          left[0]--;
          if (left[0] == 0) {
            market.drain(() -> close(done));
          }
        };
    http.drain(one);
    adminHttp.drain(one);
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
