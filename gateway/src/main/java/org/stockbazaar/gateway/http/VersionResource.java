package org.stockbazaar.gateway.http;

import io.netty.util.AsciiString;
import org.stockbazaar.protocol.config.Version;

/** {@code GET /version}: the build and the Java that runs it. */
final class VersionResource implements Resource {
  private static final Reply VERSION =
      Reply.ok(
          new JsonBytes(128)
              .ascii("{\"data\":{\"name\":\"Stock Bazaar\",\"version\":")
              .string(Version.current())
              .ascii(",\"java\":")
              .string(Runtime.version().toString())
              .ascii("}}")
              .toBytes());

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
    exchange.reply(VERSION);
  }
}
