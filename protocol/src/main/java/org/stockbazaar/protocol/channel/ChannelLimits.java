package org.stockbazaar.protocol.channel;

import java.util.concurrent.TimeUnit;

/**
 * Bounds of a node's channels.
 *
 * @param handshakeNanos a channel that is not authenticated after this is closed
 * @param inFlightMax calls that a client awaits at once; further ones are lost before they are sent
 * @param outputBytesMax bytes that wait for a slow peer, and one frame; a server then closes the
 *     channel, a client loses its calls before they are sent
 * @param connectionsMax channels that a server has at once; further ones are closed
 */
public record ChannelLimits(
    long handshakeNanos, int inFlightMax, int outputBytesMax, int connectionsMax) {

  /** One second, 65,536 calls, 8 MiB, 1,024 channels. */
  public static final ChannelLimits DEFAULT =
      new ChannelLimits(TimeUnit.SECONDS.toNanos(1), 1 << 16, 8 << 20, 1 << 10);
}
