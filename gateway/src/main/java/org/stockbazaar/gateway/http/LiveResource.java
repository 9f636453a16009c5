package org.stockbazaar.gateway.http;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /livez}: an answer is all that there is to say, since it comes from the event loop.
 */
final class LiveResource implements Resource {
  private static final Reply LIVE =
      Reply.ok("{\"data\":{\"live\":true}}".getBytes(StandardCharsets.US_ASCII));

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
    exchange.reply(LIVE);
  }
}
