package org.stockbazaar.order.driver;

import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.message.Message;

/**
 * Port: the node's channels and its event loop. Calls do not block; what is sent on a closed
 * channel is lost. Sends gather until the matching flush.
 */
public interface Network {
  /** Sends a one-way message to another replica. */
  void toPeer(int peer, Message message);

  /** Lets what was sent to peers leave. */
  void flushPeers();

  /** Answers a request. */
  void answer(Origin origin, Message reply);

  /** Sends a one-way message to the catalog. */
  void toCatalog(Message message);

  /** Looks a stock up at the catalog; ends in {@link Driver#hydrated}, once. */
  void hydrate(String stock, long minimumIndex);

  /** Lets everything leave. */
  void flush();

  /** Has {@link Driver#turn} called soon, behind the reads of this iteration of the event loop. */
  void requestTurn();
}
