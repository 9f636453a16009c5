package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;

/**
 * What a resource answers; the session adds the headers about itself.
 *
 * @param status the HTTP status; an error's body carries the same code
 * @param contentType of the body
 * @param body not to be changed any more
 * @param extraName one more header, null for none
 * @param extraValue its value
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares replies.
record Reply(
    HttpResponseStatus status,
    AsciiString contentType,
    byte[] body,
    AsciiString extraName,
    AsciiString extraValue) {
  private static final AsciiString ALLOW = AsciiString.cached("Allow");
  private static final AsciiString RETRY_AFTER = AsciiString.cached("Retry-After");
  private static final AsciiString ONE_SECOND = AsciiString.cached("1");

  /** 200 with this JSON. */
  static Reply ok(byte[] json) {
    return ok(HttpHeaderValues.APPLICATION_JSON, json);
  }

  static Reply ok(AsciiString contentType, byte[] body) {
    return new Reply(HttpResponseStatus.OK, contentType, body, null, null);
  }

  /** An error; 503 says when to try again. */
  static Reply error(HttpResponseStatus status, String message) {
    boolean again = status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE);
    return new Reply(
        status,
        HttpHeaderValues.APPLICATION_JSON,
        ErrorJson.of(status.code(), message),
        again ? RETRY_AFTER : null,
        again ? ONE_SECOND : null);
  }

  /** 405 with the methods that are allowed. */
  static Reply methodNotAllowed(String method, AsciiString allow) {
    return new Reply(
        HttpResponseStatus.METHOD_NOT_ALLOWED,
        HttpHeaderValues.APPLICATION_JSON,
        ErrorJson.of(
            405, "method: must be one of " + allow + ", not " + RefusedException.quote(method)),
        ALLOW,
        allow);
  }
}
