package org.stockbazaar.bench.check;

/**
 * What a sequential object answers: the specification that a history is held against.
 *
 * @param <S> its state; immutable, with equals and hashCode
 * @param <O> an operation together with what it answered
 */
public interface Model<S, O> {
  /** The state before the first operation. */
  S initial();

  /**
   * The state after {@code operation}, or null when it could not have answered so in {@code state}.
   * An operation with an unknown outcome is possible in every state.
   */
  S step(S state, O operation);
}
