package org.stockbazaar.bench.verify;

/**
 * Whether the catalog has just what the log says.
 *
 * @param compared false when the catalog could not be asked
 * @param index the entry up to which both were compared
 * @param digest the catalog's digest, in hex; null when it was not asked
 * @param good false when they differ
 * @param text the result in words
 */
public record CatalogCheck(
    boolean compared, long index, String digest, boolean good, String text) {}
