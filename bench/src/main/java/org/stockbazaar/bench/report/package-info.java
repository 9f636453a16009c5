/**
 * How a {@link org.stockbazaar.bench.experiment.BenchResult} or a {@link
 * org.stockbazaar.bench.growth.GrowthResult} is shown: tables, JSON, CSV, HdrHistogram's text
 * files, and one HTML page with plots. Pure: from the result to text; only {@link
 * org.stockbazaar.bench.report.ReportFiles} writes.
 */
package org.stockbazaar.bench.report;
