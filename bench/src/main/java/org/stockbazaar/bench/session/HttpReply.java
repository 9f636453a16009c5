package org.stockbazaar.bench.session;

import java.util.Map;

/**
 * An HTTP reply.
 *
 * @param status its status code
 * @param headers by name in lower case
 * @param body decoded as UTF-8
 */
public record HttpReply(int status, Map<String, String> headers, String body) {

  /** Whether the server closes the connection behind this reply. */
  public boolean closes() {
    return "close".equalsIgnoreCase(headers.get("connection"));
  }

  /** A header's value, empty where the reply has none of that name. */
  public String header(String nameInLowerCase) {
    return headers.getOrDefault(nameInLowerCase, "");
  }
}
