package org.stockbazaar.gateway.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.stockbazaar.protocol.metrics.Metrics;

/** {@code GET /metrics}: every figure of this gateway, in Prometheus' text format. */
final class MetricsResource implements Resource {
  private static final AsciiString TEXT =
      AsciiString.cached("text/plain; version=0.0.4; charset=utf-8");

  private final Metrics metrics;

  MetricsResource(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public AsciiString allow() {
    return READ;
  }

  @Override
  public boolean bounded() {
    return false;
  }

  @Override
  public void answer(Request request, Target target, String argument, Exchange exchange) {
    exchange.reply(Reply.ok(TEXT, metrics.text().getBytes(StandardCharsets.UTF_8)));
  }
}
