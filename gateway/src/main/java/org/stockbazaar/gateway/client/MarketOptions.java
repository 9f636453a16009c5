package org.stockbazaar.gateway.client;

import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;

/**
 * How the gateway reaches the market.
 *
 * @param catalog the catalog node's address
 * @param orders the order nodes' ids and addresses
 * @param deadlineNanos every request is answered within it
 * @param inFlightMax so many requests may await an answer; more are refused
 * @param cacheEntries so many stocks the cache may hold
 * @param cacheOn whether it holds any at first
 */
public record MarketOptions(
    HostPort catalog,
    PeerList orders,
    long deadlineNanos,
    int inFlightMax,
    int cacheEntries,
    boolean cacheOn) {
  /** Five seconds. */
  public static final long DEADLINE_NANOS = 5_000_000_000L;

  public static final int IN_FLIGHT_MAX = 10_000;
  public static final int CACHE_ENTRIES = 100_000;

  /** With a cache that is on, unless it may hold nothing. */
  public MarketOptions(
      HostPort catalog, PeerList orders, long deadlineNanos, int inFlightMax, int cacheEntries) {
    this(
        catalog,
        orders,
        deadlineNanos,
        inFlightMax,
        cacheEntries > 0 ? cacheEntries : CACHE_ENTRIES,
        cacheEntries > 0);
  }

  /** With the defaults. */
  public static MarketOptions of(HostPort catalog, PeerList orders) {
    return new MarketOptions(catalog, orders, DEADLINE_NANOS, IN_FLIGHT_MAX, CACHE_ENTRIES);
  }
}
