package org.stockbazaar.protocol.message;

/** The rule behind a reply that is not OK. Codes are never reused. */
public enum Reason {
  /** The status says it all. */
  NONE(0),
  UNKNOWN_STOCK(1),
  QUANTITY_INSUFFICIENT(2),
  VOLUME_LIMIT(3),
  /** The key belongs to a logged trade of another name, side or quantity. */
  KEY_REUSED(4),
  /**
   * With NOT_LEADER or UNAVAILABLE, on a trade or reset: it may have been logged. Without this
   * reason a refused one was surely not logged by this attempt.
   */
  OUTCOME_OPEN(5),
  /** No nomination: a live leader is heard. */
  HEARD_LEADER(6),
  /** No nomination: another replica's log is newer. */
  BEHIND(7),
  /** No nomination: a majority did not grant it in time. */
  NO_MAJORITY(8),
  /** No nomination: a learner never leads. */
  LEARNER(9),
  /** No nomination: the nominator saw an older epoch. */
  STALE_EPOCH(10),
  /** No reset: the order nodes were not started with it allowed. */
  RESET_NOT_ALLOWED(11);

  private final int code;

  Reason(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
