package org.stockbazaar.bench.session;

import java.util.ArrayList;
import java.util.List;

/** What one session, or several together, did and found; for one thread. */
public final class SessionResult {
  private final Measurements measurements = new Measurements();
  private final List<RememberedOrder> orders = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private long compared;
  private long refused;
  private long retries;

  void traded(RememberedOrder order) {
    orders.add(order);
  }

  void refused() {
    refused++;
  }

  void retried(long count) {
    retries += count;
  }

  void failed(String what) {
    failures.add(what);
  }

  void compared(RememberedOrder remembered, RememberedOrder told) {
    compared++;
    if (!remembered.equals(told)) {
      differences.add(
          "order "
              + remembered.number()
              + ": remembered "
              + remembered
              + ", the gateway says "
              + (told == null ? "not found" : told));
    }
  }

  void add(SessionResult other) {
    measurements.add(other.measurements);
    orders.addAll(other.orders);
    differences.addAll(other.differences);
    failures.addAll(other.failures);
    compared += other.compared;
    refused += other.refused;
    retries += other.retries;
  }

  public Measurements measurements() {
    return measurements;
  }

  /** Every trade that was answered with its number. */
  public List<RememberedOrder> orders() {
    return orders;
  }

  /** Orders that the gateway tells otherwise than they were placed. */
  public List<String> differences() {
    return differences;
  }

  /** Requests without the answer that they must have. */
  public List<String> failures() {
    return failures;
  }

  /** How many orders were looked up and compared. */
  public long compared() {
    return compared;
  }

  /** How many trades were refused with 409. */
  public long refusals() {
    return refused;
  }

  /** How many attempts followed a 503, a 504 or a broken connection. */
  public long retries() {
    return retries;
  }

  /** Whether every own order was found as it was remembered, and nothing went without answer. */
  public boolean isGood() {
    return differences.isEmpty() && failures.isEmpty() && compared == orders.size();
  }
}
