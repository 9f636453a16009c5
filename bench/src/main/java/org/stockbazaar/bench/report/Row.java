package org.stockbazaar.bench.report;

import org.stockbazaar.bench.experiment.Case;
import org.stockbazaar.bench.session.RequestKind;

/**
 * One line of figures.
 *
 * @param round {@link #ALL} for all rounds together
 * @param gapOneMillis the longest time from one answer to the next that one client saw; NaN for the
 *     gateway, who does not know
 * @param gapAllMillis the longest time in which no client had an answer; NaN for the gateway
 */
public record Row(
    Case what,
    RequestKind kind,
    Side side,
    int round,
    Figures figures,
    double gapOneMillis,
    double gapAllMillis) {
  /** Not a round, but all of them. */
  public static final int ALL = 0;
}
