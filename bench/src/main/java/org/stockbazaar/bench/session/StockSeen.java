package org.stockbazaar.bench.session;

/**
 * A stock as a client sees it.
 *
 * @param volumeMax 0 for none
 */
public record StockSeen(
    String name, String price, long quantity, long tradingVolume, long volumeMax) {}
