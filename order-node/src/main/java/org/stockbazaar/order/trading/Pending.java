package org.stockbazaar.order.trading;

import org.stockbazaar.protocol.message.Message;

/** An answer that is known but may not leave yet. */
final class Pending {
  final Origin origin;
  final Message reply;

  /** What it was judged on: it leaves when the entry at this index is released; 0 for none. */
  final long index;

  /** It leaves when this confirmation round is over; 0 for none. */
  final long round;

  /** Whether the request itself was logged, so that giving up leaves its outcome open. */
  final boolean logged;

  final long sinceNanos;
  boolean done;

  Pending(Origin origin, Message reply, long index, long round, boolean logged, long sinceNanos) {
    this.origin = origin;
    this.reply = reply;
    this.index = index;
    this.round = round;
    this.logged = logged;
    this.sinceNanos = sinceNanos;
  }
}
