package org.stockbazaar.bench.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.catalog.server.CatalogNode;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * The catalog node: its own code over a table that is lost unless the node was stopped cleanly, and
 * checkpoints that are not.
 */
final class CatalogMachine extends Machine {
  private final List<Stock> stocks;
  private final Metrics metrics;
  private final Deque<List<MemoryTable.Slice>> checkpoints = new ArrayDeque<>();

  /** What a clean stop left. */
  private Store kept;

  private Store store;
  private CatalogNode catalog;
  private boolean draining;

  private record Store(MemoryTable table, View view) {}

  CatalogMachine(Surroundings around, List<Stock> stocks, Metrics metrics) {
    super(around, Role.CATALOG, Identity.CATALOG_NODE);
    this.stocks = stocks;
    this.metrics = metrics;
  }

  @Override
  void boot() {
    boolean drained = kept != null;
    store = drained ? kept : anew();
    kept = null;
    draining = false;
    var checkpointer = new SlowCheckpointer(this, store.view, store.table);
    catalog =
        new CatalogNode(
            loop(),
            new CatalogNode.Start(
                store.view, checkpointer, drained, CatalogNode.LEASE_NANOS, stocks, stocks.size()),
            metrics,
            this::stopped);
  }

  private Store anew() {
    var table = new MemoryTable(checkpoints);
    return new Store(table, new View(table, table.older()));
  }

  @Override
  void gone(boolean powerCut) {
    catalog = null;
    store = null;
  }

  @Override
  Session accept(Connection connection) {
    if (catalog == null || draining) {
      return null;
    }
    return catalog.accepted(connection);
  }

  @Override
  void inspect() {}

  /** What it has applied, null while it is down. */
  View view() {
    return store == null ? null : store.view;
  }

  /** Stops as on SIGTERM: when the last lease is over, the table is closed cleanly. */
  void drain() {
    world.at(
        world.nowNanos(),
        this,
        () -> {
          if (!draining && catalog != null) {
            draining = true;
            network.died(this, false);
            long nanos = catalog.nanosToLastLease();
            loop().schedule(this::close, nanos, TimeUnit.NANOSECONDS);
          }
        });
  }

  private void close() {
    // A view that is of no one index is not closed cleanly.
    kept = store.view.isWhole() ? store : null;
    catalog = null;
    store = null;
    ended();
  }
}
