package org.stockbazaar.gateway.election;

import org.stockbazaar.protocol.message.Message.Pong;

/** What the gateway knows of one replica. */
final class Member {
  final int id;
  boolean open;

  /** Its newest state, null unless it came in this round. */
  Pong pong;

  /** Refused to stand in this round. */
  boolean refused;

  /** Pings since it was heard last, and when the first of them was sent. */
  int unanswered;

  long unansweredSinceNanos;

  Member(int id) {
    this.id = id;
  }

  void heard() {
    unanswered = 0;
  }

  void pinged(long nowNanos) {
    if (unanswered == 0) {
      unansweredSinceNanos = nowNanos;
    }
    unanswered++;
  }

  /** Silence counts only across several pings: a gateway that was itself stalled has sent one. */
  boolean silent(long nowNanos) {
    return unanswered >= Election.SILENT_PINGS
        && nowNanos - unansweredSinceNanos >= Election.SILENCE_NANOS;
  }

  /** Whether it told its state in this round and is still there. */
  boolean answers(long nowNanos) {
    return pong != null && !silent(nowNanos);
  }

  /** Whether it would make a better leader than {@code other}: newer log, then higher id. */
  boolean betterThan(Member other) {
    if (other == null) {
      return true;
    }
    if (pong.lastEpoch() != other.pong.lastEpoch()) {
      return pong.lastEpoch() > other.pong.lastEpoch();
    }
    if (pong.lastIndex() != other.pong.lastIndex()) {
      return pong.lastIndex() > other.pong.lastIndex();
    }
    return id > other.id;
  }
}
