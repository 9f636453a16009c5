package org.stockbazaar.protocol.channel;

import org.stockbazaar.protocol.message.Message;

/** The server's side of one channel. All calls come on the node's event loop. */
public interface Session {
  /** A request, or with correlation 0 a one-way message, or the reply to a request of our own. */
  void received(long correlation, Message message);

  /** Everything that had arrived was received: a good moment to flush. */
  void readComplete();

  /** The channel is closed; called once, nothing is received after it. */
  void closed();
}
