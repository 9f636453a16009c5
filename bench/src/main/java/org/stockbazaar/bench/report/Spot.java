package org.stockbazaar.bench.report;

/**
 * One value of a line in a plot.
 *
 * @param y NaN where the line has a gap
 */
record Spot(double x, double y) {}
