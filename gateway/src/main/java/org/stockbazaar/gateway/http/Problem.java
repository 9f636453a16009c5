package org.stockbazaar.gateway.http;

/**
 * Why there is no answer.
 *
 * @param kind decides the HTTP status
 * @param detail for people: field, rule, value where there are any
 */
public record Problem(Kind kind, String detail) {
  /** The kinds, each with its HTTP status. */
  public enum Kind {
    /** 404. */
    STOCK_NOT_FOUND,
    /** 404. */
    ORDER_NOT_FOUND,
    /** 409. */
    QUANTITY_INSUFFICIENT,
    /** 409. */
    VOLUME_LIMIT,
    /** 422: the key belongs to another trade. */
    KEY_REUSED,
    /** 403: not allowed in this system; the detail is the message. */
    NOT_ALLOWED,
    /** 409: an operator's wish that cannot be fulfilled now; the detail is the message. */
    NOT_POSSIBLE,
    /** 503: a bound is reached; surely nothing happened. */
    OVERLOADED,
    /** 503: no leader or no catalog; surely nothing happened. */
    UNAVAILABLE,
    /** 504: whether a trade happened is not known; its key tells later. */
    OUTCOME_UNKNOWN,
    /** 500: a fault of this program. */
    INTERNAL
  }
}
