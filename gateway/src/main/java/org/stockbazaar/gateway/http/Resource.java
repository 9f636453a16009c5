package org.stockbazaar.gateway.http;

import io.netty.util.AsciiString;

/** What stands behind one kind of URL. */
public interface Resource {
  AsciiString READ = AsciiString.cached("GET, HEAD");
  AsciiString READ_OR_POST = AsciiString.cached("GET, HEAD, POST");
  AsciiString POST = AsciiString.cached("POST");

  /** The methods it has, as in the Allow header. */
  AsciiString allow();

  /** Whether it has the request's method. */
  default boolean allows(Request request) {
    return request.isRead();
  }

  /** Whether it is refused when too many requests wait for the market. */
  default boolean bounded() {
    return true;
  }

  /**
   * Answers, now or later, once; or refuses by throwing.
   *
   * @param target the request's target, parsed
   * @param argument the path's last part, decoded; null for a resource without one
   */
  void answer(Request request, Target target, String argument, Exchange exchange)
      throws RefusedException;
}
