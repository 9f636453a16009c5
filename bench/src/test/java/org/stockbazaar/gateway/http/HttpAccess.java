package org.stockbazaar.gateway.http;

import io.netty.channel.Channel;

/** Lets benchmarks at what this package keeps to itself: a session needs no socket there. */
public final class HttpAccess {
  private HttpAccess() {}

  /** Begins a session of {@code server} on {@code channel}. */
  public static void open(HttpServer server, Channel channel) {
    server.open(channel);
  }

  /** The order in a request's body. */
  public static Record order(byte[] body) throws RefusedException {
    return OrderBody.parse(body);
  }
}
