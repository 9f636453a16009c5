package org.stockbazaar.bench.experiment;

import org.HdrHistogram.Histogram;

/**
 * What the gateway itself measured, from a request read to its reply written.
 *
 * @param count how many requests
 * @param meanNanos NaN for none
 * @param histogram in nanoseconds; null where only the mean can be known
 */
public record ServerTime(long count, double meanNanos, Histogram histogram) {
  static ServerTime of(Histogram histogram) {
    long count = histogram.getTotalCount();
    return new ServerTime(count, count == 0 ? Double.NaN : histogram.getMean(), histogram);
  }
}
