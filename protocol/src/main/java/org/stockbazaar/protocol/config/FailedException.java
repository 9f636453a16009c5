package org.stockbazaar.protocol.config;

import java.io.Serial;

/**
 * A command or a node cannot do what it was asked to. Its message is for people: what is wrong, and
 * what to do about it. Ends the process with status 1, without a stack trace.
 */
public final class FailedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public FailedException(String message) {
    super(message);
  }

  public FailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
