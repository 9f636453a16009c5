package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.stockbazaar.protocol.metrics.Counter;
import org.stockbazaar.protocol.metrics.Latencies;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * The figures of HTTP: latencies by kind of request, from the request's last byte to its reply;
 * replies by status; sessions that were cut. Belongs to the event loop.
 */
final class HttpMetrics {
  private static final int[] STATUSES = {
    200, 400, 404, 405, 408, 409, 413, 414, 415, 417, 422, 431, 500, 503, 504, 505
  };
  private static final int STATUS_MAX = 600;

  final Latencies stockLookup;
  final Latencies stockListing;
  final Latencies trade;
  final Latencies orderLookup;
  final Counter sessionsCut;

  private final Metrics metrics;
  private final Counter[] replies = new Counter[STATUS_MAX];

  HttpMetrics(Metrics metrics) {
    this.metrics = metrics;
    stockLookup = metrics.requests("stock_lookup");
    stockListing = metrics.requests("stock_listing");
    trade = metrics.requests("trade");
    orderLookup = metrics.requests("order_lookup");
    for (int status : STATUSES) {
      replies[status] =
          metrics.counter(
              "bazaar_http_replies_total{status=\"" + status + "\"}", "HTTP replies by status.");
    }
    sessionsCut =
        metrics.counter(
            "bazaar_http_sessions_cut_total", "Sessions closed without waiting for the client.");
  }

  void replied(HttpResponseStatus status) {
    Counter counter = replies[status.code()];
    if (counter != null) {
      counter.increment();
    }
  }

  String text() {
    return metrics.text();
  }
}
