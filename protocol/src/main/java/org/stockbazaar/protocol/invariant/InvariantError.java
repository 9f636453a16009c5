package org.stockbazaar.protocol.invariant;

import java.io.Serial;

/** An invariant does not hold. Not to be caught but where a node stops. */
public final class InvariantError extends Error {
  @Serial private static final long serialVersionUID = 1L;

  InvariantError(String rule, Object value) {
    super("invariant broken: " + rule + "; seen: " + value);
  }
}
