package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Finds the resource behind a URL, under all the names that known clients use. */
final class Router {
  private final Resource stock;
  private final Resource stocks;
  private final Resource order;
  private final Resource orders;
  private final Resource live;
  private final Resource ready;
  private final Resource version;
  private final Resource metrics;

  Router(Market market, TradeKeys keys, HttpMetrics figures) {
    stock = new StockResource(market, figures.stockLookup);
    stocks = new StocksResource(market, figures.stockListing);
    order = new OrderResource(market, figures.orderLookup);
    orders = new OrdersResource(market, keys, figures.trade);
    live = new LiveResource();
    ready = new ReadyResource(market);
    version = new VersionResource();
    metrics = new MetricsResource(figures);
  }

  /** Has the request answered, or refuses it by throwing. */
  void handle(Request request, Exchange exchange) throws RefusedException {
    var target = Target.parse(request.target());
    String path = target.path();
    Resource resource = fixed(path);
    String argument = null;
    if (resource == null) {
      int slash = path.indexOf('/', 1);
      argument = slash < 0 ? "" : path.substring(slash + 1);
      resource = argument.isEmpty() || argument.indexOf('/') >= 0 ? null : under(path, slash);
      if (resource == null) {
        throw new RefusedException(
            HttpResponseStatus.NOT_FOUND, "no such URL: " + RefusedException.quote(path));
      }
      argument = Target.decode(argument);
    }
    if (!resource.allows(request)) {
      exchange.reply(Reply.methodNotAllowed(request.method().name(), resource.allow()));
    } else if (!exchange.admit(resource)) {
      throw new RefusedException(
          HttpResponseStatus.SERVICE_UNAVAILABLE, "overloaded: too many requests wait");
    } else {
      resource.answer(request, target, argument, exchange);
    }
  }

  private Resource fixed(String path) {
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

  private Resource under(String path, int slash) {
    return switch (path.substring(0, slash)) {
      case "/stocks", "/stock" -> stock;
      case "/orders", "/order" -> order;
      default -> null;
    };
  }
}
