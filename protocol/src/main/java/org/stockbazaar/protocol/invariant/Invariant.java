package org.stockbazaar.protocol.invariant;

/**
 * Says what must hold. A broken invariant is a programmer's error, never a peer's or a client's:
 * the node stops rather than goes on in a state that nobody thought of.
 */
public final class Invariant {
  private Invariant() {}

  /**
   * Throws {@link InvariantError} unless {@code holds}.
   *
   * @param rule what must hold, for the log
   * @param value what was seen instead
   */
  public static void check(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new InvariantError(rule, value);
    }
  }

  /** As {@link #check(boolean, String, Object)}, without boxing where the invariant holds. */
  public static void check(boolean holds, String rule, long value) {
    if (!holds) {
      throw new InvariantError(rule, value);
    }
  }
}
