package org.stockbazaar.order.replication;

import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Message.AskEpoch;
import org.stockbazaar.protocol.message.Message.EpochIs;
import org.stockbazaar.protocol.message.Message.HandOver;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Vote;

/** Which epochs others may name. */
final class Epochs {
  /**
   * No group gets there; who names such an epoch makes no sense, and would leave none to follow.
   */
  private static final long MAX = Long.MAX_VALUE / 2;

  private Epochs() {}

  static boolean isEpoch(long epoch) {
    return epoch >= 0 && epoch < MAX;
  }

  /** The epoch in a message between replicas; −1 in others, which no replica sends. */
  static long of(Message message) {
    if (message instanceof Append append) {
      return append.epoch();
    } else if (message instanceof Appended appended) {
      return appended.epoch();
    } else if (message instanceof RequestVote request) {
      return request.epoch();
    } else if (message instanceof Vote vote) {
      return vote.epoch();
    }
    if (message instanceof HandOver handOver) {
      return handOver.epoch();
    } else if (message instanceof EpochIs epochIs) {
      return epochIs.epoch();
    }
    return message instanceof AskEpoch ? 0 : -1;
  }
}
