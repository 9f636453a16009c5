package org.stockbazaar.order.replication;

import org.stockbazaar.protocol.message.Message;

/** Where the reply to one request goes; called once. */
@FunctionalInterface
public interface Answer {
  /** Replies. */
  void with(Message reply);
}
