package org.stockbazaar.protocol.message;

import java.io.Serial;

/**
 * Bytes that are no message, frame or entry. Their sender's error: whoever reads them closes the
 * channel, or takes the record for damaged, and counts. Has no stack trace, since peers cause it.
 */
public final class MalformedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** {@code message} gives the value and the rule that it breaks. */
  public MalformedException(String message) {
    super(message, null, false, false);
  }
}
