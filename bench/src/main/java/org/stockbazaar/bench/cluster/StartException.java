package org.stockbazaar.bench.cluster;

import java.io.Serial;

/** A process ended while it was to start. */
final class StartException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }
}
