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
    Resource resource = routes.at(path);
    String argument = null;
    if (resource == null) {
      int slash = path.indexOf('/', 1);
      argument = slash < 0 ? "" : path.substring(slash + 1);
      boolean one = !argument.isEmpty() && argument.indexOf('/') < 0;
      resource = one ? routes.under(path.substring(0, slash)) : null;
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
}
