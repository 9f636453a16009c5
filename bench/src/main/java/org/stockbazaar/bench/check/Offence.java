package org.stockbazaar.bench.check;

/**
 * The smallest part of a history that no order of its operations explains.
 *
 * @param rule what it breaks
 * @param first the operation that was answered first; {@link #NONE} when one alone is wrong
 * @param second the operation that contradicts it
 * @param from the stock's first state that would have been legal for {@code second}
 * @param to the last such state; for a refusal these are the states that it could have met
 */
public record Offence(Rule rule, long first, long second, int from, int to) {
  /** There is no such operation. */
  public static final long NONE = -1;

  /** What may not happen. */
  public enum Rule {
    /** A lookup showed what the stock never was. */
    NEVER_THERE,
    /** Something was not there any more, or not yet, although an earlier answer had shown it. */
    BACK_IN_TIME,
    /** A refusal while the stock had enough shares all the time. */
    REFUSED_WITHOUT_NEED
  }
}
