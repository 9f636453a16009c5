package org.stockbazaar.bench.check;

/**
 * An operation of a history, as its client saw it.
 *
 * @param call when it was sent, on one clock for the whole history
 * @param reply when its answer came; {@link #OPEN} when its outcome is unknown, so that it may
 *     still happen at any time
 * @param value what was asked and answered
 */
public record Operation<O>(long call, long reply, O value) {
  /** No answer came. */
  public static final long OPEN = Long.MAX_VALUE;

  public Operation {
    if (call > reply) {
      throw new IllegalArgumentException("called at " + call + ", answered before, at " + reply);
    }
  }
}
