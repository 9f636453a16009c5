package org.stockbazaar.catalog.view;

import org.stockbazaar.protocol.message.Message;

/** Port: where answers go. */
@FunctionalInterface
public interface Answers {
  /** Answers a request; once for each. */
  void answer(Asker asker, Message reply);
}
