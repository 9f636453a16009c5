package org.stockbazaar.gateway.http;

import org.stockbazaar.protocol.message.Stock;

/**
 * A stock as it was when the catalog answered, with the JSON that tells a client so: written once,
 * and sent for as long as the cache keeps the quote.
 *
 * @param stock as the catalog has it
 * @param json {@code {"data":{"name":…}}}; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares quotes.
public record Quote(Stock stock, byte[] json) {
  public static Quote of(Stock stock) {
    return new Quote(stock, StockJson.of(stock));
  }
}
