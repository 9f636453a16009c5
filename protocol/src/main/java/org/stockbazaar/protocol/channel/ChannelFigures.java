package org.stockbazaar.protocol.channel;

import org.stockbazaar.protocol.metrics.Counter;
import org.stockbazaar.protocol.metrics.Metrics;

/** What a node counts about its channels. */
record ChannelFigures(Counter malformed, Counter refused, Counter overflowed, Counter late) {
  static ChannelFigures of(Metrics metrics) {
    return new ChannelFigures(
        metrics.counter(
            "bazaar_malformed_frames_total",
            "Frames that were malformed and closed their channel."),
        metrics.counter(
            "bazaar_refused_channels_total", "Channels closed before they were authenticated."),
        metrics.counter(
            "bazaar_overflowed_channels_total", "Channels closed because their peer read slowly."),
        metrics.counter("bazaar_late_replies_total", "Replies that nobody awaited any more."));
  }
}
