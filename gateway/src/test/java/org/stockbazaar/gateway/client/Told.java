package org.stockbazaar.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;

/** Remembers the outcome; a second one is a failure. */
final class Told<T> implements Outcome<T> {
  T value;
  Problem problem;

  @Override
  public void found(T found) {
    assertThat(isTold()).as("told twice").isFalse();
    value = found;
  }

  @Override
  public void failed(Problem why) {
    assertThat(isTold()).as("told twice").isFalse();
    problem = why;
  }

  boolean isTold() {
    return value != null || problem != null;
  }
}
