package org.stockbazaar.gateway.admin;

/**
 * The cache's state.
 *
 * @param entries stocks in it
 * @param entriesMax the most there may be
 * @param hits lookups that it answered, since the start
 * @param misses lookups that it did not
 * @param invalidations stocks that it forgot because the catalog or an operator said so
 */
public record CacheFigures(
    boolean enabled, int entries, int entriesMax, long hits, long misses, long invalidations) {}
