package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;

/**
 * One request of a session, complete; or one that could not be read, which is answered in its turn
 * all the same.
 *
 * @param method as sent
 * @param target as sent: path and query, or an absolute URL
 * @param headers as sent
 * @param body empty when there is none
 * @param keepAlive whether the client wants the session to go on
 * @param refusal why it could not be read, null when it could; the session ends after it
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares requests.
public record Request(
    HttpMethod method,
    String target,
    HttpHeaders headers,
    byte[] body,
    boolean keepAlive,
    RefusedException refusal) {

  public boolean isRead() {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  public boolean isPost() {
    return method.equals(HttpMethod.POST);
  }
}
