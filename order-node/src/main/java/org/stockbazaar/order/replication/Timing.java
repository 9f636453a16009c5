package org.stockbazaar.order.replication;

import java.util.concurrent.TimeUnit;

/**
 * Spans and bounds of replication. They serve liveness and memory only: no answer relies on them.
 *
 * @param heartbeatNanos a leader is silent towards a peer for at most this long
 * @param stickinessNanos who heard a leader within this span refuses its vote (thesis 4.2.3); a
 *     leader hands over to nobody whom it has not heard for so long
 * @param majorityNanos a leader that heard no majority for this long steps down (6.2)
 * @param candidacyNanos a nominee gives up when it has no majority after this long
 * @param handOverNanos a hand-over that is not done after this long is given up (3.10)
 * @param batchMax entries in one Append at most, so that its frame stays below 1 MiB
 * @param sliceMax entries in one turn's Append to a peer that lacks more than {@code batchMax}
 * @param windowMax entries on their way to one peer at most
 */
public record Timing(
    long heartbeatNanos,
    long stickinessNanos,
    long majorityNanos,
    long candidacyNanos,
    long handOverNanos,
    int batchMax,
    int sliceMax,
    int windowMax) {

  /**
   * The defaults. A replica hears nobody while it syncs: a leader at full load once heard neither
   * of two for 220 ms, beside a build on the same disk.
   */
  public static final Timing DEFAULT =
      new Timing(
          TimeUnit.MILLISECONDS.toNanos(20),
          TimeUnit.MILLISECONDS.toNanos(80),
          TimeUnit.MILLISECONDS.toNanos(400),
          TimeUnit.MILLISECONDS.toNanos(100),
          TimeUnit.SECONDS.toNanos(1),
          1024,
          256,
          8 * 1024);
}
