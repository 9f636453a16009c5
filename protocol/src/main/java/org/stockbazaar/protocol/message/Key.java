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

  // Written out, since the JVM spins those of a record when they are first called: 6 ms, which
  // would be in the middle of a failover.

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && high == key.high && low == key.low;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(high) + Long.hashCode(low);
  }
}
