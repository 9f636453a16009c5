package org.stockbazaar.protocol.channel;

import java.io.Serial;

/** A peer that we do not talk to; its message says why. Has no stack trace: peers cause it. */
final class RefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  RefusedException(String reason) {
    super(reason, null, false, false);
  }
}
