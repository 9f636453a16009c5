package org.stockbazaar.bench.chaos;

import org.stockbazaar.protocol.message.Side;

/**
 * An order as it was placed. Placer and ordinal name its idempotency key.
 *
 * @param placer the client that made it up
 * @param ordinal its number among that client's orders
 * @param stock index of the stock
 */
record Order(int placer, int ordinal, int stock, Side side, long quantity) {}
