package org.stockbazaar.bench.session;

import java.io.Serial;

/** A request got no final answer before its deadline; whether it took effect is open. */
public final class UnansweredException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public UnansweredException(String message, Throwable last) {
    super(message, last);
  }
}
