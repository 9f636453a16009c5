package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.bench.simulation.MemoryTable.Slice;
import org.stockbazaar.catalog.server.CatalogNode;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.message.Stock;

/** Takes a checkpoint stock by stock, with time for many entries in between. */
final class SlowCheckpointer implements CatalogNode.Checkpointer {
  private static final long SLICE_NANOS_MAX = 100 * World.MILLI;
  private static final long ENTRIES = 20;

  private final Machine machine;
  private final View view;
  private final MemoryTable table;
  private List<Slice> under;
  private long lastIndex;

  SlowCheckpointer(Machine machine, View view, MemoryTable table) {
    this.machine = machine;
    this.view = view;
    this.table = table;
    lastIndex = view.index();
  }

  @Override
  public void turn() {
    if (under == null && view.index() - lastIndex >= ENTRIES) {
      lastIndex = view.index();
      under = new ArrayList<>();
      next("", under);
    }
  }

  private void next(String after, List<Slice> current) {
    if (current != under) {
      return;
    }
    var mark = new Basis.Mark(view.index(), view.checksum());
    List<Stock> stocks = view.after(after, 1);
    if (stocks.isEmpty()) {
      current.add(new Slice(mark, null, 0));
      table.keep(current);
      under = null;
      return;
    }
    Stock stock = stocks.get(0);
    current.add(new Slice(mark, stock, table.listedQuantity(stock.name())));
    long written = machine.localNanos() + machine.chance.nextLong(SLICE_NANOS_MAX);
    machine.world.at(written, machine, () -> next(stock.name(), current));
  }

  @Override
  public void abandon() {
    under = null;
    lastIndex = view.index();
  }
}
