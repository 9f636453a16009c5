package org.stockbazaar.bench.report;

import org.stockbazaar.bench.growth.Dimension;
import org.stockbazaar.bench.session.RequestKind;

/**
 * One line of figures about growth.
 *
 * @param value of the dimension
 * @param round {@link Row#ALL} for the medians of all rounds
 * @param rate answers a second
 * @param ratio of that rate to the one at the dimension's smallest value; NaN where that is 0
 * @param orders in the log
 */
record GrowthRow(
    Dimension dimension,
    int value,
    RequestKind kind,
    int round,
    double rate,
    double ratio,
    Figures figures,
    long orders) {
  /** Its place on the dimension's axis: of orders, as many as the log had. */
  double place() {
    return dimension == Dimension.ORDERS ? orders : value;
  }
}
