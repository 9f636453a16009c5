package org.stockbazaar.protocol.channel;

import org.stockbazaar.protocol.message.Message;

/** Hears the end of one call: one of its methods is called, once, on the node's event loop. */
public interface ReplyHandler {
  /** The reply; may be {@link Message.Failed}. */
  void replied(Message reply);

  /**
   * There will be no reply: its deadline has passed, the channel closed, or a bound was reached.
   *
   * @param sent false when the request surely never left this process; else it may have been
   *     carried out
   */
  void lost(boolean sent);
}
