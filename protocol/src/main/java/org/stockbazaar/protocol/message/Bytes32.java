package org.stockbazaar.protocol.message;

import java.nio.ByteBuffer;

/** Thirty-two bytes by value: a nonce, or an HMAC-SHA256. Big-endian words, first one first. */
public record Bytes32(long first, long second, long third, long fourth) {
  public static final int BYTES = 32;

  /** Of an array of exactly 32 bytes. */
  public static Bytes32 of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes; 32 are needed");
    }
    var buffer = ByteBuffer.wrap(bytes);
    return new Bytes32(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** A new array of 32 bytes. */
  public byte[] toArray() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }
}
