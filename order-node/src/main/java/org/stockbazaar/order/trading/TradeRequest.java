package org.stockbazaar.order.trading;

import org.stockbazaar.protocol.message.Message.Trade;

/** A trade that somebody asked for at {@code sinceNanos}. */
record TradeRequest(Origin origin, Trade trade, long sinceNanos) {}
