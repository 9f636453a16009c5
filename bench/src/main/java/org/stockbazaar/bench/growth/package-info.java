/**
 * How cost grows: the same trades over more and more sessions, stocks, orders and replicas, on
 * fresh systems, as one immutable {@link org.stockbazaar.bench.growth.GrowthResult}. Puts load on
 * them with package {@code load}; how the result is shown is not decided here.
 */
package org.stockbazaar.bench.growth;
