package org.stockbazaar.gateway.http;

/** Which resources a server has, and whom it lets in. Belongs to the event loop. */
public interface Routes {
  /** Refuses, by throwing, a request that may not know what there is. */
  default void admit(Request request) throws RefusedException {}

  /** The resource of exactly this path, null for none. */
  Resource at(String path);

  /** The resource of all paths one level under this one, null for none. */
  default Resource under(String path) {
    return null;
  }
}
