package org.stockbazaar.order.trading;

import java.util.Collections;
import java.util.List;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Prepared;

/**
 * What this replica knows to be released: committed, applied by the catalog or prepared by it, and
 * let go by every gateway that held the stock. Only the catalog judges the last; a release is never
 * taken back.
 */
final class Release {
  private long floor;
  private long commitIndex;
  private long appliedIndex;
  private long preparedIndex;
  private List<Long> unreleased = List.of();

  /** Everything up to here is released. */
  long floor() {
    return floor;
  }

  void committed(long index) {
    commitIndex = Math.max(commitIndex, index);
    raise();
  }

  /** A leader said that everything up to here is released. */
  void learned(long index) {
    floor = Math.max(floor, index);
  }

  void applied(Applied applied) {
    if (applied.ready()) {
      appliedIndex = applied.index();
      unreleased = applied.unreleased();
    } else {
      forget();
    }
    raise();
  }

  /** The catalog is gone, or begins anew: only the floor stays. */
  void forget() {
    appliedIndex = 0;
    preparedIndex = 0;
    unreleased = List.of();
  }

  /** The catalog has made ready for this leader's trades up to an index. */
  void prepared(Prepared prepared) {
    preparedIndex = prepared.index();
    unreleased = prepared.unreleased();
    raise();
  }

  /** Another epoch: what was prepared in the one before is not on this log, perhaps. */
  void begin() {
    preparedIndex = 0;
  }

  private long catalogIndex() {
    return Math.max(appliedIndex, preparedIndex);
  }

  private void raise() {
    // What is not released may lie behind what counts as prepared: it vouches for nothing before.
    long held = unreleased.isEmpty() ? Long.MAX_VALUE : unreleased.get(0) - 1;
    floor = Math.max(floor, Math.min(held, ceiling()));
  }

  /** Nothing behind this index is released. */
  long ceiling() {
    return Math.max(floor, Math.min(catalogIndex(), commitIndex));
  }

  boolean isReleased(long index) {
    return index <= floor
        || (index <= ceiling() && Collections.binarySearch(unreleased, index) < 0);
  }
}
