package org.stockbazaar.bench.experiment;

/**
 * Something was done to the system.
 *
 * @param atMillis since the run began
 * @param what such as {@code order-3 killed}
 */
public record FaultMark(double atMillis, String what) {}
