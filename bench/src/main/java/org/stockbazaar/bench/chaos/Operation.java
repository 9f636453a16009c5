package org.stockbazaar.bench.chaos;

import org.stockbazaar.protocol.message.Side;

/**
 * What a client did and what it was answered. Times are from one monotonic clock, in nanoseconds.
 *
 * @param client who
 * @param ordinal its place in that client's history, from 0
 * @param gateway index of the gateway that answered last
 * @param first when its first attempt was sent
 * @param call when the attempt that was answered was sent
 * @param reply when the answer was there, or the client gave up
 */
record Operation(
    int client, int ordinal, int gateway, long first, long call, long reply, Event event) {
  /** What was asked and answered. */
  sealed interface Event {}

  /** A stock was looked up. */
  record Looked(int stock, long quantity, long volume) implements Event {}

  /** An order was placed, or repeated, and got this number. */
  record Traded(Order order, long number) implements Event {}

  /**
   * An order was refused for want of shares.
   *
   * @param open whether an earlier attempt may still happen, or may have happened
   */
  record Refused(Order order, boolean open) implements Event {}

  /**
   * An order had no final answer.
   *
   * @param open false when every attempt was answered with 503: surely nothing happened
   */
  record Unanswered(Order order, boolean open) implements Event {}

  /** The order of that number was found and is this one. */
  record Found(long number, int stock, Side side, long quantity) implements Event {}

  /** There was no order of that number. */
  record NotFound(long number) implements Event {}

  /** Names it among all operations of a run. */
  long id() {
    return (long) client << 32 | ordinal;
  }

  static int client(long id) {
    return (int) (id >> 32);
  }

  static int ordinal(long id) {
    return (int) id;
  }
}
