package org.stockbazaar.gateway.cache;

import org.stockbazaar.protocol.message.Stock;

/**
 * A stock as the cache holds it, with room for its answer as bytes, so that a hit is written
 * without encoding it again. Belongs to the gateway's event loop.
 */
public final class CachedStock {
  private final Stock stock;
  private byte[] body;

  public CachedStock(Stock stock) {
    this.stock = stock;
  }

  public Stock stock() {
    return stock;
  }

  /** The encoded answer, null until {@link #attach}. Not to be changed. */
  public byte[] body() {
    return body;
  }

  /** Keeps the encoded answer with the stock. The array is not copied. */
  public void attach(byte[] encoded) {
    body = encoded;
  }
}
