package org.stockbazaar.gateway.http;

import io.netty.channel.embedded.EmbeddedChannel;

/** Lets benchmarks at what this package keeps to itself: a session needs no socket there. */
public final class HttpAccess {
  private HttpAccess() {}

  /** Begins a session of {@code server} on a channel that is not registered yet. */
  public static void open(HttpServer server, EmbeddedChannel channel) throws Exception {
    server.open(channel);
    channel.register();
  }

  /** The order in a request's body. */
  public static Record order(byte[] body) throws RefusedException {
    return OrderBody.parse(body);
  }
}
