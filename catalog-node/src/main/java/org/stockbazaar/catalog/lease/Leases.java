package org.stockbazaar.catalog.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Message.LetGo;

/**
 * Judges release. A gateway may show what it holds while its lease lasts; the catalog counts the
 * lease from receiving a renewal, the gateway a shorter one from sending it, so the gateway always
 * stops first. An entry that changes a stock is unreleased while a gateway that held the stock has
 * neither let it go by itself before the trade, nor confirmed the drop, nor lost its lease. (Gray
 * and Cheriton, "Leases", SOSP 1989.)
 *
 * <p>A gateway that leaves a drop unconfirmed for a whole lease gets no renewal, so that nobody
 * holds a change back for longer than two. What is held is bounded: the stock that is held longest
 * is asked back when there is one too many.
 *
 * <p>A lease ends by expiry, by {@link #leave}, and by a new channel of the same gateway: it
 * empties its cache before it opens one. A closed channel alone ends nothing.
 */
public final class Leases {
  /** Stocks that one gateway may hold. */
  public static final int HELD_MAX = 65_536;

  private final long leaseNanos;
  private final int heldMax;
  private final NavigableMap<Integer, GatewayLease> gateways = new TreeMap<>();
  private final NavigableMap<Long, Unreleased> unreleased = new TreeMap<>();
  private final Map<String, Integer> unreleasedStocks = new TreeMap<>();
  private int unreleasedAll;
  private boolean released;
  private boolean collected;

  /**
   * What a gateway is to forget.
   *
   * @param batch number to confirm
   * @param stocks their names, none for all
   */
  public record DropBatch(int gateway, long batch, List<String> stocks) {}

  /** Leases last so many nanoseconds from receiving a renewal. */
  public Leases(long leaseNanos) {
    this(leaseNanos, HELD_MAX);
  }

  Leases(long leaseNanos, int heldMax) {
    this.leaseNanos = leaseNanos;
    this.heldMax = heldMax;
  }

  /**
   * A gateway has opened a channel, and emptied its cache before that.
   *
   * @return false when a newer incarnation of it was seen: the channel is to be refused
   */
  public boolean opened(int gateway, long incarnation) {
    GatewayLease old = gateways.get(gateway);
    if (old != null) {
      if (old.incarnation > incarnation) {
        return false;
      }
      letGo(old.end());
    }
    gateways.put(gateway, new GatewayLease(gateway, incarnation));
    return true;
  }

  /**
   * A renewal was received.
   *
   * @return false when it is refused: the gateway has not confirmed a drop for a whole lease
   */
  public boolean renew(int gateway, long nowNanos) {
    expire(nowNanos);
    GatewayLease lease = gateways.get(gateway);
    if (nowNanos - lease.waitsSince(nowNanos) >= leaseNanos) {
      return false;
    }
    lease.renew(nowNanos + leaseNanos);
    return true;
  }

  /** The gateway holds nothing any more and will not until it renews. */
  public void leave(int gateway) {
    letGo(gateways.get(gateway).end());
  }

  /**
   * The gateway is given a stock to hold; nothing happens when its lease is over.
   *
   * @param lookup number of the lookup that it is the answer to
   */
  public void hold(int gateway, String stock, long lookup, long nowNanos) {
    expire(nowNanos);
    Invariant.check(!isUnreleased(stock), "only released stocks are given out", stock);
    GatewayLease lease = gateways.get(gateway);
    if (lease.isLive()) {
      lease.hold(stock, lookup);
      if (lease.heldCount() > heldMax) {
        lease.letEldestGo();
        collected = true;
      }
    }
  }

  /**
   * An entry was applied, or a leader has prepared it.
   *
   * @param stock the stock that it changed, null for all
   * @param letGo a gateway that need not be told if it holds the stock from a lookup of before
   */
  public void changed(long index, String stock, LetGo letGo, long nowNanos) {
    expire(nowNanos);
    var entry = new Unreleased(index, stock);
    for (GatewayLease lease : gateways.values()) {
      if (lease.isLive()) {
        lease.change(entry, letGo);
      }
    }
    if (!entry.isReleased()) {
      collected = true;
      unreleased.put(index, entry);
      count(stock, 1);
    }
  }

  /** What the gateways are to be told now; each batch is given once. */
  public List<DropBatch> takeDrops(long nowNanos) {
    if (!collected) {
      return List.of();
    }
    collected = false;
    var batches = new ArrayList<DropBatch>();
    for (GatewayLease lease : gateways.values()) {
      DropBatch batch = lease.takeBatch(nowNanos);
      if (batch != null) {
        batches.add(batch);
      }
    }
    return batches;
  }

  /** The gateway has forgotten what this batch and those before it named. */
  public void dropped(int gateway, long batch) {
    letGo(gateways.get(gateway).confirmed(batch));
  }

  /** Ends the leases that are over. */
  public void expire(long nowNanos) {
    for (GatewayLease lease : gateways.values()) {
      if (lease.isLive() && nowNanos - lease.expiresNanos() >= 0) {
        letGo(lease.end());
      }
    }
  }

  private void letGo(List<Unreleased> entries) {
    for (Unreleased entry : entries) {
      if (entry.letGo()) {
        // Of a newer leader there may be another one at this index.
        unreleased.remove(entry.index(), entry);
        count(entry.stock(), -1);
        released = true;
      }
    }
  }

  private void count(String stock, int change) {
    if (stock == null) {
      unreleasedAll += change;
    } else {
      unreleasedStocks.merge(stock, change, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  /** Whether something was released since the last call. */
  public boolean takeReleased() {
    boolean since = released;
    released = false;
    return since;
  }

  /** Whether this stock has a change that is not released. */
  public boolean isUnreleased(String stock) {
    return unreleasedAll > 0 || (!unreleased.isEmpty() && unreleasedStocks.containsKey(stock));
  }

  /** Whether any applied or prepared entry is not released. */
  public boolean anyUnreleased() {
    return !unreleased.isEmpty();
  }

  /** Indexes of the applied and prepared entries that are not released, ascending. */
  public List<Long> unreleased() {
    return unreleased.isEmpty() ? List.of() : List.copyOf(unreleased.keySet());
  }

  /** Forgets the unreleased entries: the view they belong to is being rebuilt. */
  public void forgetChanges() {
    gateways.values().forEach(lease -> letGo(lease.end()));
  }

  /** Whether any gateway has a lease. */
  public boolean anyLive() {
    for (GatewayLease lease : gateways.values()) {
      if (lease.isLive()) {
        return true;
      }
    }
    return false;
  }

  /** How many stocks all gateways hold together. */
  public long heldCount() {
    long count = 0;
    for (GatewayLease lease : gateways.values()) {
      count += lease.heldCount();
    }
    return count;
  }
}
