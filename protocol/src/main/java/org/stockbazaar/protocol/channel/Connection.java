package org.stockbazaar.protocol.channel;

import org.stockbazaar.protocol.message.Message;

/** An authenticated channel to a peer. Belongs to the node's event loop. */
public interface Connection {
  /** What the peer said of itself, and proved. */
  Message.Hello peer();

  /**
   * Appends a message to what the next flush sends; dropped without a word when the channel is
   * closed. A peer that reads so slowly that the output's bound is reached loses its channel.
   *
   * @param correlation of the request that this answers, or of a request of our own; 0 for one-way
   */
  void send(long correlation, Message message);

  /** Hands what was sent to the network: once per turn. */
  void flush();

  /** Flushes and closes; the owner hears of it later, once. */
  void close();

  boolean isOpen();
}
