package org.stockbazaar.order.driver;

import org.stockbazaar.order.replication.Ballot;
import org.stockbazaar.order.replication.Group;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.order.replication.Timing;

/**
 * What a driver drives.
 *
 * @param group the order group
 * @param incarnation grows with each start of this replica
 * @param timing the spans of replication
 * @param log the order log
 * @param sync makes all of {@code log} durable; throws when the disk fails
 * @param ballot epoch and vote
 * @param resetAllowed whether an operator may set all stocks back to what they were listed with
 */
public record Parts(
    Group group,
    long incarnation,
    Timing timing,
    Log log,
    Runnable sync,
    Ballot ballot,
    boolean resetAllowed) {

  /** Without resets. */
  public Parts(
      Group group, long incarnation, Timing timing, Log log, Runnable sync, Ballot ballot) {
    this(group, incarnation, timing, log, sync, ballot, false);
  }
}
