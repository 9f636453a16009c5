package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The client's request is against a rule. Cheap: thrown often, without a stack trace. */
public final class RefusedException extends Exception {
  private static final int QUOTE_LENGTH_MAX = 60;

  private final transient HttpResponseStatus status;

  public RefusedException(HttpResponseStatus status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** 400: {@code field}, then the rule, then the value. */
  public static RefusedException bad(String field, String rule) {
    return new RefusedException(HttpResponseStatus.BAD_REQUEST, field + ": " + rule);
  }

  /** 400 with the value that breaks the rule. */
  public static RefusedException bad(String field, String rule, String value) {
    return bad(field, rule + ", not " + quote(value));
  }

  HttpResponseStatus status() {
    return status;
  }

  /** A client's text, short enough for a message. */
  public static String quote(String value) {
    return value.length() <= QUOTE_LENGTH_MAX
        ? "'" + value + "'"
        : "'" + value.substring(0, QUOTE_LENGTH_MAX) + "…' (" + value.length() + " characters)";
  }
}
