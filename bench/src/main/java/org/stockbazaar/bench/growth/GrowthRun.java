package org.stockbazaar.bench.growth;

import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.session.RequestKind;

/**
 * One round of one kind of request at one point.
 *
 * @param value of the dimension
 * @param round from 1
 * @param rate answers a second
 * @param latencies from a request to its answer, in nanoseconds
 * @param orders in the log when its warm-up began, with those of earlier warm-ups and measurements
 */
public record GrowthRun(
    Dimension dimension,
    int value,
    RequestKind kind,
    int round,
    double rate,
    Histogram latencies,
    long orders) {}
