package org.stockbazaar.bench.chaos;

import java.nio.file.Path;
import java.util.List;
import org.stockbazaar.bench.verify.SystemCheck;

/**
 * What a run saw and found.
 *
 * @param stocks those that were traded
 * @param operations of all clients
 * @param failures requests without the answer that they must have, and whatever ended the run early
 * @param findings the clients' view against the log and against itself
 * @param system the logs against each other and the catalog; null when the run broke
 * @param history where the history lies, when something is wrong; else null
 */
public record ChaosResult(
    List<String> stocks,
    double seconds,
    long operations,
    List<FaultReport> faults,
    List<String> failures,
    List<Finding> findings,
    SystemCheck system,
    Path history) {
  public boolean good() {
    return failures.isEmpty()
        && system != null
        && system.good()
        && findings.stream().allMatch(Finding::good);
  }
}
