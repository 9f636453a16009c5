package org.stockbazaar.gateway.http;

import java.util.Arrays;

/**
 * JSON as bytes, written front to back by hand. Numbers are integers; prices are written from cents
 * with exactly two decimals, so that no floating point touches money.
 */
public final class JsonBytes {
  private static final int NUMBER_BYTES_MAX = 20;
  private static final String HEX = "0123456789abcdef";

  private byte[] bytes;
  private int size;

  /**
   * @param capacity bytes that it will probably take
   */
  public JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** Appends ASCII that needs no escape. */
  @SuppressWarnings("deprecation") // The one way to copy ASCII without an array between.
  public JsonBytes ascii(String text) {
    int length = text.length();
    reserve(length);
    text.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  public JsonBytes number(long value) {
    reserve(NUMBER_BYTES_MAX);
    if (value < 0) {
      return ascii(Long.toString(value));
    }
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  /** Appends an amount of at least 0 cents as units with two decimals. */
  JsonBytes cents(long cents) {
    number(cents / 100);
    reserve(3);
    bytes[size++] = '.';
    bytes[size++] = (byte) ('0' + cents % 100 / 10);
    bytes[size++] = (byte) ('0' + cents % 10);
    return this;
  }

  /** Appends a string of any characters: quoted, and ASCII by escapes. */
  public JsonBytes string(String text) {
    reserve(2 + 6 * text.length());
    bytes[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        bytes[size++] = '\\';
        bytes[size++] = (byte) c;
      } else if (c >= ' ' && c < 0x7f) {
        bytes[size++] = (byte) c;
      } else {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
          bytes[size++] = (byte) HEX.charAt(c >> shift & 0xf);
        }
      }
    }
    bytes[size++] = '"';
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
