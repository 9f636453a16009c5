/**
 * The experiment behind {@code bazaar bench}: what is run, in which order, on which system, and
 * what was measured, as one immutable {@link org.stockbazaar.bench.experiment.BenchResult}. How
 * that is shown is not decided here.
 */
package org.stockbazaar.bench.experiment;
