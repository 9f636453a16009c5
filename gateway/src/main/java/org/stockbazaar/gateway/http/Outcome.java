package org.stockbazaar.gateway.http;

/** How a request to the {@link Market} ended: one of the two is called, once. */
public interface Outcome<T> {
  /** It succeeded. */
  void found(T value);

  /** There is no answer, or a refusal. */
  void failed(Problem problem);
}
