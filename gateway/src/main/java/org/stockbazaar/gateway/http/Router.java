package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Finds the resource behind a URL. */
final class Router {
  private final Routes routes;

  Router(Routes routes) {
    this.routes = routes;
  }

  /** Has the request answered, or refuses it by throwing. */
  void handle(Request request, Exchange exchange) throws RefusedException {
    routes.admit(request);
    var target = Target.parse(request.target());
    String path = target.path();
    int slash = path.indexOf('/', 1);
    boolean one = slash > 0 && path.indexOf('/', slash + 1) < 0 && slash + 1 < path.length();
    Resource resource = one ? routes.under(path.substring(0, slash)) : null;
    String argument = resource == null ? null : Target.decode(path.substring(slash + 1));
    if (resource == null) {
      resource = routes.at(path);
    }
    if (resource == null) {
      throw new RefusedException(
          HttpResponseStatus.NOT_FOUND, "no such URL: " + RefusedException.quote(path));
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
}
