package org.stockbazaar.gateway.cache;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stockbazaar.protocol.invariant.Invariant;

/**
 * Stocks that the catalog promised to tell us about before anybody hears of a change, and the lease
 * that bounds the promise. Belongs to the gateway's event loop.
 *
 * <pre>
 *   catalog   ──────R═══════════════ 300 ms from receipt ══════════╗ forgets what we hold
 *                  ╱ ╲
 *   gateway   ────S═══A════════ 250 ms from sending ════╗ forgets everything
 * </pre>
 *
 * <p>Invariants: a stock is kept only when its lookup was sent under, or right behind, the renewal
 * that began the present lease, and the lease has lived without a gap since: then the catalog's
 * longer lease has, too, so the catalog still knows that we hold it. Whatever ends the lease (the
 * time, a closed channel, turning the cache off) empties the cache and opens a new term; replies to
 * what was asked in an older term count for nothing. Within a term all replies and drops come down
 * one channel whose order is the order of truth: a reply behind a drop is newer than it. A stock
 * that is traded from here is let go before, and kept again only from a lookup of later: of such a
 * trade the catalog need not tell.
 *
 * @param <V> what is kept of a stock
 */
public final class StockCache<V> {
  /** How long after the sending of an acknowledged renewal the cache may serve. */
  public static final long LEASE_NANOS = 250_000_000L;

  /** Time between renewals. */
  public static final long RENEWAL_NANOS = 50_000_000L;

  /** Without a lookup for so long the lease is let go, so that an idle gateway is idle. */
  public static final long IDLE_NANOS = 1_000_000_000L;

  private static final int CHANCES_MAX = 16;

  private final Map<String, Held<V>> stocks = new LinkedHashMap<>();
  private final Map<String, Asking> asking = new LinkedHashMap<>();
  private final int entriesMax;
  private long lookups;

  private boolean enabled = true;
  private boolean open;
  private int term;

  private boolean leased;
  private long leaseEndNanos;
  private long leaseBeganNanos;

  private boolean renewed;
  private long renewSentNanos;
  private boolean asked;
  private long askedNanos;

  private long hits;
  private long misses;
  private long invalidations;

  /** A cache of at most {@code entriesMax} stocks; one that nobody asked for lately gives way. */
  public StockCache(int entriesMax) {
    Invariant.check(entriesMax > 0, "a cache has room for a stock", entriesMax);
    this.entriesMax = entriesMax;
  }

  /** A renewal that was sent: its acknowledgement says which one it is for. */
  public record Renewal(int term, long sentNanos) {}

  /**
   * A lookup with hold that was sent: its reply says which one it answers.
   *
   * @param number grows with each one
   */
  public record Lookup(String name, long number, int term, long sentNanos) {}

  /** The lookups of one stock that are under way. */
  private static final class Asking {
    int count;

    /** Answers to those up to this number are not kept. */
    long letGo;
  }

  // ---- lookups ---------------------------------------------------------------------------------

  /**
   * What is kept of the stock, or null on a miss.
   *
   * @param atNanos read after the request was read, and after the answer to the one before it in
   *     its session: a lease that lived before counts for nothing
   */
  public V get(String name, long atNanos) {
    asked = true;
    askedNanos = atNanos;
    Held<V> held = leased(atNanos) ? stocks.get(name) : null;
    if (held == null) {
      misses++;
      return null;
    }
    hits++;
    held.used = true;
    return held.value;
  }

  /** What is kept of the stock, or null: for a guess, since the lease may be over. */
  public V peek(String name) {
    Held<V> held = stocks.get(name);
    return held == null ? null : held.value;
  }

  /** Whether a lookup may ask the catalog to remember that we hold the stock. */
  public boolean mayHold() {
    return enabled && open;
  }

  /**
   * To be told right before a lookup with hold is sent; its end goes to {@link #fill} or {@link
   * #lost}.
   */
  public Lookup lookupSent(String name, long nowNanos) {
    leased(nowNanos);
    asking.computeIfAbsent(name, n -> new Asking()).count++;
    lookups++;
    return new Lookup(name, lookups, term, nowNanos);
  }

  /** Keeps the answer to a lookup with hold, if it still may. */
  public void fill(Lookup lookup, V value, long nowNanos) {
    String name = lookup.name;
    boolean letGo = lookup.number <= over(name);
    if (leased(nowNanos)
        && lookup.term == term
        && lookup.sentNanos - leaseBeganNanos >= 0
        && !letGo) {
      if (stocks.size() == entriesMax && !stocks.containsKey(name)) {
        makeRoom();
      }
      stocks.put(name, new Held<>(value));
    }
  }

  /** A lookup with hold has no answer that could be kept. */
  public void lost(Lookup lookup) {
    over(lookup.name);
  }

  /** Ends one; returns up to which number its stock was let go. */
  private long over(String name) {
    Asking of = asking.get(name);
    of.count--;
    if (of.count == 0) {
      asking.remove(name);
    }
    return of.letGo;
  }

  /**
   * Lets the eldest go that was not asked for since it was last looked at (second chance: Corbató,
   * "A paging experiment with the Multics system", 1968): unlike an order of use, which links its
   * neighbours anew, it makes a hit write to nothing but what it has just read. So many chances are
   * given at once that nobody waits for them.
   */
  private void makeRoom() {
    for (int chances = 0; ; chances++) {
      String name = stocks.keySet().iterator().next();
      Held<V> eldest = stocks.remove(name);
      if (!eldest.used || chances == CHANCES_MAX) {
        return;
      }
      eldest.used = false;
      stocks.put(name, eldest);
    }
  }

  /**
   * Forgets a stock that is about to be traded, and keeps no answer to a lookup of it that is under
   * way: the catalog need not tell us of the trade. Returns the number of the last lookup of any
   * stock.
   */
  public long letGo(String name) {
    stocks.remove(name);
    Asking of = asking.get(name);
    if (of != null) {
      of.letGo = lookups;
    }
    return lookups;
  }

  /** Forgets these stocks, or all of them when there are none. May be acknowledged on return. */
  public void drop(List<String> names) {
    int before = stocks.size();
    if (names.isEmpty()) {
      stocks.clear();
    }
    for (int i = 0; i < names.size(); i++) {
      stocks.remove(names.get(i));
    }
    invalidations += before - stocks.size();
  }

  // ---- the lease -------------------------------------------------------------------------------

  /** Whether a lookup with hold needs a renewal before it in the same flush. */
  public boolean renewBeforeLookup(long nowNanos) {
    return mayHold() && !leased(nowNanos) && renewalAge(nowNanos) >= RENEWAL_NANOS;
  }

  /** Whether it is worth to renew now: there is something to keep, and somebody asks for it. */
  public boolean renewDue(long nowNanos) {
    return wanted(nowNanos) && renewalAge(nowNanos) >= RENEWAL_NANOS;
  }

  /** Whether renewals have to go on; when not, the lease lapses and the cache empties itself. */
  public boolean wanted(long nowNanos) {
    return mayHold()
        && leased(nowNanos)
        && !stocks.isEmpty()
        && asked
        && nowNanos - askedNanos < IDLE_NANOS;
  }

  /** To be told right before a renewal is sent; the answer goes to {@link #renewed}. */
  public Renewal renewSent(long nowNanos) {
    leased(nowNanos);
    renewed = true;
    renewSentNanos = nowNanos;
    return new Renewal(term, nowNanos);
  }

  /** A renewal was acknowledged: the lease counts from when it was sent, not from now. */
  public void renewed(Renewal renewal, long nowNanos) {
    boolean live = leased(nowNanos);
    if (renewal.term != term || nowNanos - renewal.sentNanos >= LEASE_NANOS) {
      return;
    }
    long endNanos = renewal.sentNanos + LEASE_NANOS;
    if (!live) {
      leased = true;
      leaseBeganNanos = renewal.sentNanos;
      leaseEndNanos = endNanos;
    } else if (endNanos - leaseEndNanos > 0) {
      leaseEndNanos = endNanos;
    }
  }

  /** Whether the lease lives; when it has lapsed, everything is forgotten here and now. */
  public boolean leased(long nowNanos) {
    if (leased && nowNanos - leaseEndNanos >= 0) {
      forget();
    }
    return leased;
  }

  // ---- channel and switch ----------------------------------------------------------------------

  /** A channel to the catalog opened. */
  public void channelOpened() {
    forget();
    open = true;
  }

  /** The channel is gone, and with it whatever would have told us of a change. */
  public void channelClosed() {
    open = false;
    forget();
  }

  /** Turns the cache on or off; off it is empty and holds no lease. */
  public void enable(boolean on) {
    enabled = on;
    forget();
  }

  public boolean enabled() {
    return enabled;
  }

  /** Forgets everything, the lease and what was asked under it included. */
  private void forget() {
    stocks.clear();
    leased = false;
    renewed = false;
    term++;
  }

  private long renewalAge(long nowNanos) {
    return renewed ? nowNanos - renewSentNanos : Long.MAX_VALUE;
  }

  // ---- figures ---------------------------------------------------------------------------------

  public int entries() {
    return stocks.size();
  }

  /** The most stocks that it may have. */
  public int entriesMax() {
    return entriesMax;
  }

  public long hits() {
    return hits;
  }

  public long misses() {
    return misses;
  }

  /** Stocks that {@link #drop} has forgotten. */
  public long invalidations() {
    return invalidations;
  }

  private static final class Held<V> {
    final V value;
    boolean used;

    Held(V value) {
      this.value = value;
    }
  }
}
