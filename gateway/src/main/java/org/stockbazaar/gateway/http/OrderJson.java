package org.stockbazaar.gateway.http;

import org.stockbazaar.protocol.message.Message;

/** Orders as JSON. */
final class OrderJson {
  private static final int BYTES_MAX = 256;

  private OrderJson() {}

  /** {@code {"data":{"transaction_number":10}}}. */
  static byte[] traded(long number) {
    return new JsonBytes(64)
        .ascii("{\"data\":{\"transaction_number\":")
        .number(number)
        .ascii("}}")
        .toBytes();
  }

  /** An order, its number in the three spellings that known clients look for. */
  static byte[] of(Message.Order order) {
    return new JsonBytes(BYTES_MAX)
        .ascii("{\"data\":{\"transaction_number\":")
        .number(order.number())
        .ascii(",\"transactionID\":")
        .number(order.number())
        .ascii(",\"number\":")
        .number(order.number())
        .ascii(",\"name\":\"")
        .ascii(order.stock())
        .ascii("\",\"type\":\"")
        .ascii(order.side().word())
        .ascii("\",\"quantity\":")
        .number(order.quantity())
        .ascii("}}")
        .toBytes();
  }
}
