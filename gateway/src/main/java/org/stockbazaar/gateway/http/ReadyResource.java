package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /readyz}: 200 when everything is there, else 503 with what is missing. */
final class ReadyResource implements Resource {
  private static final Reply READY =
      Reply.ok("{\"data\":{\"ready\":true}}".getBytes(StandardCharsets.US_ASCII));

  private final Market market;

  ReadyResource(Market market) {
    this.market = market;
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
    List<String> missing = exchange.isDraining() ? List.of("stopping") : market.missing();
    exchange.reply(
        missing.isEmpty()
            ? READY
            : Reply.error(
                HttpResponseStatus.SERVICE_UNAVAILABLE,
                "not ready: " + String.join(", ", missing)));
  }
}
