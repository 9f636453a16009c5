package org.stockbazaar.bench.experiment;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.stockbazaar.bench.session.RequestKind;

/**
 * One measured run of all sessions.
 *
 * @param round from 1
 * @param startMillis when it began, since 1970
 * @param endMillis when its last answer was there
 * @param kinds what was measured; kinds without requests are left out
 * @param tally what the sessions did
 * @param faults what was done to the system meanwhile
 */
public record RunResult(
    int round,
    long startMillis,
    long endMillis,
    Map<RequestKind, KindResult> kinds,
    Tally tally,
    List<FaultMark> faults) {

  /**
   * What sessions did.
   *
   * @param orders placed
   * @param compared looked up at the end and compared
   * @param refusals answers 409
   * @param retries attempts after 503, 504 or a broken connection
   */
  public record Tally(long orders, long compared, long refusals, long retries) {}

  public RunResult {
    Map<RequestKind, KindResult> sorted = new EnumMap<>(RequestKind.class);
    sorted.putAll(kinds);
    kinds = Collections.unmodifiableMap(sorted);
    faults = List.copyOf(faults);
  }

  public double seconds() {
    return (endMillis - startMillis) / 1000.0;
  }

  /** How many requests were answered. */
  public long answers() {
    return kinds.values().stream().mapToLong(kind -> kind.client().getTotalCount()).sum();
  }

  RunResult with(Map<RequestKind, ServerTime> measured) {
    Map<RequestKind, KindResult> both = new EnumMap<>(RequestKind.class);
    kinds.forEach((kind, result) -> both.put(kind, result.with(measured.get(kind))));
    return new RunResult(round, startMillis, endMillis, both, tally, faults);
  }
}
