package org.stockbazaar.protocol.message;

/**
 * A trade's 128-bit key, under which it happens at most once.
 *
 * @param high its upper 64 bits
 * @param low its lower 64 bits
 */
public record Key(long high, long low) {
  /** The key of entries that are no trades. */
  public static final Key NONE = new Key(0, 0);
}
