package org.stockbazaar.order.trading;

import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Side;

/** Port: the replica that leads, as trading sees it. */
public interface Leader {
  /** Its epoch. */
  long epoch();

  /** Appends an entry to the own log, not synced yet, and returns it. */
  Entry propose(
      Entry.Kind kind,
      Key key,
      Side side,
      long quantity,
      long priceCents,
      long volumeMax,
      String stock);

  /**
   * Asks for a confirmation round that begins after this call; returns its number. {@link
   * Exchange#confirmed} tells, later in this turn at the earliest, when a majority has answered it.
   */
  long confirm();
}
