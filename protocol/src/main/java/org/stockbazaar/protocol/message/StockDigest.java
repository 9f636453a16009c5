package org.stockbazaar.protocol.message;

import java.nio.charset.StandardCharsets;

/**
 * Sixty-four bits for a stock's state. The digest of a catalog is their sum modulo 2^64, so that it
 * is kept up to date by subtracting the old state and adding the new one, in any order.
 */
public final class StockDigest {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private StockDigest() {}

  /** FNV-1a over the name, then each number mixed in by the finalizer of SplitMix64. */
  public static long of(Stock stock) {
    long hash = FNV_OFFSET;
    for (byte b : stock.name().getBytes(StandardCharsets.US_ASCII)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    hash = mix(hash + stock.priceCents());
    hash = mix(hash + stock.quantity());
    hash = mix(hash + stock.volume());
    hash = mix(hash + stock.volumeMax());
    return mix(hash + stock.lastIndex());
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
