package org.stockbazaar.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 to the letter: what is malformed is not replaced but refused. */
final class Utf8 {
  private Utf8() {}

  /** The text, or null when these bytes are none. */
  static String decode(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return decodeAny(bytes);
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String decodeAny(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
