package org.stockbazaar.protocol.message;

/** How a request ended; the status of the reply's frame. Codes are never reused. */
public enum Status {
  OK(0),
  /** The request was understood and is against a rule; {@link Reason} names it. */
  REFUSED(1),
  /** There is no such stock or order. */
  NOT_FOUND(2),
  /** This replica does not lead. */
  NOT_LEADER(3),
  /** A queue is full; nothing was done. */
  BUSY(4),
  /** Something that the request needs is missing; nothing was done. */
  UNAVAILABLE(5),
  /** The request makes no sense here. */
  BAD_REQUEST(6);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
