package org.stockbazaar.order.trading;

import org.stockbazaar.protocol.message.Message;

/**
 * Port: what trading wants done. The driver carries effects out in order, and lets no answer leave
 * before everything appended in the same turn is synced.
 */
public interface Effects {
  /** Answers a request; once for each. */
  void answer(Origin origin, Message reply);

  /** Sends a one-way message to the catalog; lost when its channel is closed. */
  void toCatalog(Message message);

  /** The same at once, before anything is synced: nothing may rest on it. */
  void toCatalogAhead(Message message);

  /**
   * Asks the catalog for a stock once it has applied {@code minimumIndex}; ends in {@link
   * Exchange#hydrated}, once.
   */
  void hydrate(String stock, long minimumIndex);
}
