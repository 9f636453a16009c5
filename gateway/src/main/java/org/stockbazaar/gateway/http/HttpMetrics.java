package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.LongSupplier;
import org.stockbazaar.protocol.metrics.Counter;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * The figures of one server: sessions, requests that wait, replies by status, sessions that were
 * cut. Belongs to the event loop.
 */
public final class HttpMetrics {
  private static final int[] STATUSES = {
    200, 400, 401, 403, 404, 405, 408, 409, 413, 414, 415, 417, 422, 431, 500, 503, 504, 505
  };
  private static final int STATUS_MAX = 600;

  final Counter sessionsCut;

  private final Metrics metrics;
  private final String name;
  private final Counter[] replies = new Counter[STATUS_MAX];

  /**
   * @param name the server's, before an underscore: what clients use is {@code bazaar_http}
   */
  public HttpMetrics(Metrics metrics, String name) {
    this.metrics = metrics;
    this.name = name;
    for (int status : STATUSES) {
      replies[status] =
          metrics.counter(
              name + "_replies_total{status=\"" + status + "\"}", "HTTP replies by status.");
    }
    sessionsCut =
        metrics.counter(
            name + "_sessions_cut_total", "Sessions closed without waiting for the client.");
  }

  void show(LongSupplier sessions, LongSupplier requests) {
    metrics.gauge(name + "_sessions", "Open HTTP sessions.", sessions);
    metrics.gauge(name + "_requests", "HTTP requests that wait for their answer.", requests);
  }

  void replied(HttpResponseStatus status) {
    Counter counter = replies[status.code()];
    if (counter != null) {
      counter.increment();
    }
  }
}
