package org.stockbazaar.gateway.http;

import org.stockbazaar.protocol.metrics.Metrics;

/** What clients have, under all the names that known ones use. */
public final class MarketRoutes implements Routes {
  private final Resource stock;
  private final Resource stocks;
  private final Resource order;
  private final Resource orders;
  private final Resource live;
  private final Resource ready;
  private final Resource version;
  private final Resource metrics;

  public MarketRoutes(Market market, GatewayStart start, Metrics metrics) {
    stock = new StockResource(market, metrics.requests("stock_lookup"));
    stocks = new StocksResource(market, metrics.requests("stock_listing"));
    orders = new OrdersResource(market, new TradeKeys(start), metrics.requests("trade"));
    order = new OrderResource(market, metrics.requests("order_lookup"));
    live = new LiveResource();
    ready = new ReadyResource(market);
    version = new VersionResource();
    this.metrics = new MetricsResource(metrics);
  }

  @Override
  public Resource at(String path) {
    return switch (path) {
      case "/stocks" -> stocks;
      case "/orders", "/order" -> orders;
      case "/livez" -> live;
      case "/readyz" -> ready;
      case "/version" -> version;
      case "/metrics" -> metrics;
      default -> null;
    };
  }

  @Override
  public Resource under(String path) {
    return switch (path) {
      case "/stocks", "/stock" -> stock;
      case "/orders", "/order" -> order;
      default -> null;
    };
  }
}
