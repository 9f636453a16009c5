package org.stockbazaar.order.log;

import org.stockbazaar.protocol.invariant.Invariant;

/**
 * How a log uses its disk.
 *
 * @param segmentBytes size of a segment, a multiple of 128; may differ between starts
 * @param sliceBytes how much of a segment is zero-filled at a time, a multiple of 128
 * @param force false leaves writing to the operating system: a power failure may then lose
 *     acknowledged orders
 */
public record LogOptions(int segmentBytes, int sliceBytes, boolean force) {
  /** Segments of 64 MiB in slices of 1 MiB, every batch on the disk before it is acknowledged. */
  public static final LogOptions DEFAULT = new LogOptions(64 << 20, 1 << 20, true);

  public LogOptions {
    Invariant.check(
        segmentBytes > 0 && segmentBytes % RecordFormat.BYTES == 0,
        "a segment is a multiple of 128 bytes",
        segmentBytes);
    Invariant.check(
        sliceBytes > 0 && sliceBytes % RecordFormat.BYTES == 0,
        "a slice is a multiple of 128 bytes",
        sliceBytes);
  }

  /** The same, leaving the writing to the operating system ({@code --sync=os}). */
  public LogOptions withoutForce() {
    return new LogOptions(segmentBytes, sliceBytes, false);
  }
}
