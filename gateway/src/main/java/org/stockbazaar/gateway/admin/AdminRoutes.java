package org.stockbazaar.gateway.admin;

import org.stockbazaar.gateway.http.RefusedException;
import org.stockbazaar.gateway.http.Request;
import org.stockbazaar.gateway.http.Resource;
import org.stockbazaar.gateway.http.Routes;

/** What operators have. Without the token nobody learns what there is. */
public final class AdminRoutes implements Routes {
  private final BearerToken token;
  private final Resource cluster;
  private final Resource leader;
  private final Resource cache;
  private final Resource invalidate;
  private final Resource reset;

  public AdminRoutes(Operations operations, BearerToken token) {
    this.token = token;
    cluster = new ClusterResource(operations);
    leader = new LeaderResource(operations);
    cache = new CacheResource(operations);
    invalidate = new InvalidateResource(operations);
    reset = new ResetResource(operations);
  }

  @Override
  public void admit(Request request) throws RefusedException {
    token.check(request.headers());
  }

  @Override
  public Resource at(String path) {
    return switch (path) {
      case "/cluster" -> cluster;
      case "/leader" -> leader;
      case "/cache" -> cache;
      case "/cache/invalidate" -> invalidate;
      case "/reset" -> reset;
      default -> null;
    };
  }
}
