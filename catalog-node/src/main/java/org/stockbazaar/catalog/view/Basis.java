package org.stockbazaar.catalog.view;

import java.util.List;

/**
 * What a table was found to hold: the order log up to an index, and for a fuzzy checkpoint some
 * stocks that are further already, since its slices were taken one after the other while entries
 * were applied. Once the log is applied up to the last mark, the table is the log's up to there.
 *
 * @param index where applying goes on: every entry up to it is in all stocks
 * @param checksum checksum of the entry there
 * @param digest sum of the stocks' digests, modulo 2^64
 * @param marks where the slices were taken, ascending; the first one is not behind {@code index}
 */
public record Basis(long index, int checksum, long digest, List<Mark> marks) {
  /** No stocks, index 0. */
  public static final Basis EMPTY = new Basis(0, 0, 0, List.of());

  /** An entry of the log that the table's stocks come from. */
  public record Mark(long index, int checksum) {}

  /** A table of exactly one index. */
  public static Basis of(long index, int checksum, long digest) {
    return new Basis(index, checksum, digest, List.of());
  }

  /** The index from which on the table is not fuzzy. */
  long wholeIndex() {
    return marks.isEmpty() ? index : marks.get(marks.size() - 1).index();
  }
}
