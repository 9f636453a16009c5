package org.stockbazaar.gateway.http;

/** {@code {"error":{"code":404,"message":"stock not found"}}}. */
final class ErrorJson {
  private ErrorJson() {}

  static byte[] of(int code, String message) {
    return new JsonBytes(64 + message.length())
        .ascii("{\"error\":{\"code\":")
        .number(code)
        .ascii(",\"message\":")
        .string(message)
        .ascii("}}")
        .toBytes();
  }
}
