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
public record Reply(
    HttpResponseStatus status,
    AsciiString contentType,
    byte[] body,
    AsciiString extraName,
    AsciiString extraValue) {
  private static final AsciiString ALLOW = AsciiString.cached("Allow");
  private static final AsciiString RETRY_AFTER = AsciiString.cached("Retry-After");
  private static final AsciiString ONE_SECOND = AsciiString.cached("1");
  private static final AsciiString WWW_AUTHENTICATE = AsciiString.cached("WWW-Authenticate");
  private static final AsciiString BEARER = AsciiString.cached("Bearer");

  /** 200 with this JSON. */
  public static Reply ok(byte[] json) {
    return ok(HttpHeaderValues.APPLICATION_JSON, json);
  }

  static Reply ok(AsciiString contentType, byte[] body) {
    return new Reply(HttpResponseStatus.OK, contentType, body, null, null);
  }

  /** An error; 503 says when to try again, 401 how to be let in. */
  public static Reply error(HttpResponseStatus status, String message) {
    AsciiString name = null;
    AsciiString value = null;
    if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      name = RETRY_AFTER;
      value = ONE_SECOND;
    } else if (status.equals(HttpResponseStatus.UNAUTHORIZED)) {
      name = WWW_AUTHENTICATE;
      value = BEARER;
    }
    return new Reply(
        status,
        HttpHeaderValues.APPLICATION_JSON,
        ErrorJson.of(status.code(), message),
        name,
        value);
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
