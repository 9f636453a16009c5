package org.stockbazaar.gateway.admin;

import java.util.SortedSet;
import java.util.function.Consumer;
import org.stockbazaar.gateway.http.Outcome;

/**
 * Port: what operators may ask of a gateway. Called on its event loop; does not block. Every
 * outcome is told exactly once, on that loop, perhaps before the call returns, and within the
 * gateway's deadline.
 */
public interface Operations {
  /** The ids of the order nodes. */
  SortedSet<Integer> replicas();

  /** Asks all order nodes how they are; told within a second, with those that answered. */
  void cluster(Consumer<ClusterView> told);

  /**
   * Has the leader hand over to {@code replica}, one of {@link #replicas}; the outcome is the epoch
   * in which that one leads.
   */
  void lead(int replica, Outcome<Long> outcome);

  /**
   * Sets every stock back to what it was listed with; the outcome is the index of the log's entry,
   * once nobody can see anything older.
   */
  void reset(Outcome<Long> outcome);

  CacheFigures cache();

  /** Turns the cache on or off. Off it holds nothing, and nothing new comes in. */
  void enableCache(boolean on);

  /** Has the cache forget a stock, or all for null; returns how many it forgot. */
  int invalidate(String stock);
}
