package org.stockbazaar.bench.experiment;

import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.session.RequestKind;

/**
 * What was measured of one case.
 *
 * @param runs one of each round
 */
public record CaseResult(Case what, List<RunResult> runs) {
  public CaseResult {
    runs = List.copyOf(runs);
  }

  /** One kind's results, of each round that had such requests. */
  public List<KindResult> of(RequestKind kind) {
    return runs.stream().map(run -> run.kinds().get(kind)).filter(Objects::nonNull).toList();
  }

  /** The clients' latencies of all rounds together. */
  public Histogram client(RequestKind kind) {
    var all = new Histogram(3);
    of(kind).forEach(result -> all.add(result.client()));
    return all;
  }

  /** What the gateway measured in all rounds together; empty where that is not known. */
  public Histogram server(RequestKind kind) {
    var all = new Histogram(3);
    for (KindResult result : of(kind)) {
      if (result.server() != null && result.server().histogram() != null) {
        all.add(result.server().histogram());
      }
    }
    return all;
  }
}
