package org.stockbazaar.gateway.client;

import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.message.Message;

/**
 * Port: the persistent channel to one node. It opens by itself, again and again. Nothing here
 * blocks; what is sent leaves with the next {@link #flush}.
 */
interface Link {
  void start();

  void close();

  boolean isOpen();

  /** Sends a request; {@code handler} is called exactly once, perhaps before this returns. */
  void call(Message request, long timeoutNanos, ReplyHandler handler);

  /** Sends a one-way message, if the channel is open. */
  void tell(Message message);

  /** Answers what the other side pushed, if the channel that it came on is still open. */
  void answer(long correlation, Message message);

  void flush();

  /** What happens on a link. */
  interface Listener {
    void opened();

    /** The other side pushed {@code message}; correlation 0 wants no answer. */
    void received(long correlation, Message message);

    /** Also called handlers are: every one of this channel's was, or is at once. */
    void closed();
  }

  /** Port: makes the gateway's links. */
  interface Factory {
    Link order(int replica, Listener listener);

    Link catalog(Listener listener);
  }
}
