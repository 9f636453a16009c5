package org.stockbazaar.catalog.lease;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.stockbazaar.protocol.message.Message.LetGo;

/**
 * What one gateway holds while its lease lasts, and which drops it has not confirmed. A stock that
 * changes moves from {@code held} into the batch that is being collected; the batch is sent at the
 * end of the turn and ends when the gateway confirms it.
 */
final class GatewayLease {
  /** Stands for every stock in a batch. */
  private static final String ALL = "";

  final int gateway;
  final long incarnation;

  /** Of which lookup, the newest one, the gateway may hold a stock. */
  private final Map<String, Long> held = new LinkedHashMap<>();

  private final Map<String, Long> dropping = new LinkedHashMap<>();
  private final NavigableMap<Long, List<Unreleased>> waiting = new TreeMap<>();
  private final NavigableMap<Long, Set<String>> unconfirmed = new TreeMap<>();
  private Set<String> collecting = new LinkedHashSet<>();
  private final NavigableMap<Long, Long> sentNanos = new TreeMap<>();
  private long batch = 1;
  private long expiresNanos;
  private boolean live;

  GatewayLease(int gateway, long incarnation) {
    this.gateway = gateway;
    this.incarnation = incarnation;
  }

  boolean isLive() {
    return live;
  }

  long expiresNanos() {
    return expiresNanos;
  }

  void renew(long expiresNanos) {
    live = true;
    this.expiresNanos = expiresNanos;
  }

  void hold(String stock, long lookup) {
    // One that waited is answered behind a newer one that came at the right time.
    held.merge(stock, lookup, Math::max);
  }

  /** Asks the stock back that is held longest. */
  void letEldestGo() {
    String eldest = held.keySet().iterator().next();
    held.remove(eldest);
    collect(eldest);
  }

  int heldCount() {
    return held.size();
  }

  /** Makes {@code entry} wait for this gateway where it may still show the stock's old state. */
  void change(Unreleased entry, LetGo letGo) {
    if (entry.stock() == null) {
      changeAll(entry);
      return;
    }
    Long lookup = held.remove(entry.stock());
    if (lookup != null && !hasLetGo(letGo, lookup)) {
      collect(entry.stock());
      await(batch, entry);
    } else {
      Long last = dropping.get(entry.stock());
      Long all = dropping.get(ALL);
      if (last != null || all != null) {
        await(Math.max(last == null ? 0 : last, all == null ? 0 : all), entry);
      }
    }
  }

  private boolean hasLetGo(LetGo letGo, long lookup) {
    return letGo.gateway() == gateway
        && letGo.incarnation() == incarnation
        && letGo.lookup() >= lookup;
  }

  private void changeAll(Unreleased entry) {
    if (!held.isEmpty()) {
      held.clear();
      collect(ALL);
      await(batch, entry);
    } else if (!dropping.isEmpty()) {
      long last = 0;
      for (long one : dropping.values()) {
        last = Math.max(last, one);
      }
      await(last, entry);
    }
  }

  private void collect(String stock) {
    collecting.add(stock);
    dropping.put(stock, batch);
  }

  private void await(long until, Unreleased entry) {
    entry.awaitOneMore();
    waiting.computeIfAbsent(until, b -> new ArrayList<>()).add(entry);
  }

  /** When the oldest batch that is not confirmed was sent; {@code nowNanos} when there is none. */
  long waitsSince(long nowNanos) {
    return sentNanos.isEmpty() ? nowNanos : sentNanos.firstEntry().getValue();
  }

  /** Ends the batch that was collected; null when it is empty. */
  Leases.DropBatch takeBatch(long nowNanos) {
    if (collecting.isEmpty()) {
      return null;
    }
    Set<String> stocks = collecting;
    collecting = new LinkedHashSet<>();
    unconfirmed.put(batch, stocks);
    sentNanos.put(batch, nowNanos);
    List<String> names = stocks.contains(ALL) ? List.of() : List.copyOf(stocks);
    return new Leases.DropBatch(gateway, batch++, names);
  }

  /** The gateway has dropped everything up to this batch; returns the entries that wait no more. */
  List<Unreleased> confirmed(long upTo) {
    var confirmedBatches = unconfirmed.headMap(upTo, true);
    confirmedBatches.forEach(
        (number, stocks) -> stocks.forEach(stock -> dropping.remove(stock, number)));
    confirmedBatches.clear();
    sentNanos.headMap(upTo, true).clear();
    return take(waiting.headMap(Math.min(upTo, batch - 1), true));
  }

  /** The lease is over: it holds nothing; returns the entries that wait no more. */
  List<Unreleased> end() {
    live = false;
    held.clear();
    dropping.clear();
    unconfirmed.clear();
    sentNanos.clear();
    collecting.clear();
    return take(waiting);
  }

  private static List<Unreleased> take(NavigableMap<Long, List<Unreleased>> ended) {
    var entries = new ArrayList<Unreleased>();
    ended.values().forEach(entries::addAll);
    ended.clear();
    return entries;
  }
}
