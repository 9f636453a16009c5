package org.stockbazaar.bench.experiment;

import org.HdrHistogram.Histogram;

/**
 * The answers that came in a short part of a run.
 *
 * @param startMillis since the run began
 * @param millis how long it is
 * @param latencies in nanoseconds
 */
public record Slice(double startMillis, double millis, Histogram latencies) {}
