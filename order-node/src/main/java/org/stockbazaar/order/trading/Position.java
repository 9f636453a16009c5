package org.stockbazaar.order.trading;

import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/** A stock in the leader's book: as committed, plus what is in flight. */
final class Position {
  private long quantity;
  private long volume;
  private final long volumeMax;
  private long lastIndex;

  Position(Stock stock) {
    quantity = stock.quantity();
    volume = stock.volume();
    volumeMax = stock.volumeMax();
    lastIndex = stock.lastIndex();
  }

  /** Index of the entry that changed it last: what a judgement on it rests on. */
  long lastIndex() {
    return lastIndex;
  }

  /** Why the trade may not happen, {@link Reason#NONE} when it may. */
  Reason objection(Trade trade) {
    if (trade.side() == Side.BUY && quantity < trade.quantity()) {
      return Reason.QUANTITY_INSUFFICIENT;
    }
    boolean tooMuch = volumeMax > 0 && volume + trade.quantity() > volumeMax;
    return tooMuch ? Reason.VOLUME_LIMIT : Reason.NONE;
  }

  /** The trade was logged at {@code index}. */
  void traded(Trade trade, long index) {
    quantity += trade.side().signed(trade.quantity());
    volume += trade.quantity();
    lastIndex = index;
  }
}
