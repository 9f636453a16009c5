package org.stockbazaar.bench.experiment;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The requests of one kind in one run.
 *
 * @param client from the first attempt to the answer, in nanoseconds
 * @param server null where nothing is known of it
 * @param gapOneNanos the longest time from one answer to the next that one client saw
 * @param gapAllNanos the longest time in which no client had an answer
 * @param course slice by slice; empty where it was not asked for
 */
public record KindResult(
    Histogram client, ServerTime server, long gapOneNanos, long gapAllNanos, List<Slice> course) {
  KindResult with(ServerTime measured) {
    return new KindResult(client, measured, gapOneNanos, gapAllNanos, course);
  }
}
