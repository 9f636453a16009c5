package org.stockbazaar.bench.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.stockbazaar.catalog.lease.Leases;
import org.stockbazaar.catalog.store.StockMap;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.Catalog;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Stock;

/**
 * The catalog's part of trades: 64 entries into the view over the Chronicle Map, without and with
 * what the catalog does around it for a gateway that holds none of the stocks. The same 32,768
 * entries are applied again and again, after the few stocks were set back.
 */
public class CatalogApplyBenchmark extends MicroBenchmark {
  private static final long CAPACITY = 100_000;
  private static final int ENTRIES = 64;
  private static final int BATCHES = 512;
  private static final int LEADER = 3;
  private static final long SESSION = 1;
  private static final long LEASE_NANOS = 300_000_000;
  private static final int GATEWAY = 1;

  private final List<Stock> listed = new ArrayList<>();
  private final List<Apply> batches = new ArrayList<>();
  private Path directory;
  private StockMap map;
  private Basis basis;
  private View view;
  private Catalog catalog;
  private int next;
  private long changes;

  @Setup
  public void list() throws IOException {
    directory = Directories.create();
    map = StockMap.open(directory, CAPACITY);
    view = new View(map, map.found());
    int checksum = 0;
    var entries = new ArrayList<Entry>();
    for (String name : Samples.names()) {
      Entry entry = Samples.listing(entries.size() + 1, checksum, Samples.stock(name));
      entries.add(entry);
      checksum = entry.checksum();
    }
    view.apply(apply(0, 0, entries), (index, stock) -> {});
    basis = Basis.of(view.index(), view.checksum(), view.digest());
    Samples.names().forEach(name -> listed.add(view.get(name)));
    long index = basis.index();
    for (int i = 0; i < BATCHES; i++) {
      List<Entry> trades = Samples.entries(index + 1, checksum, index - basis.index(), ENTRIES);
      batches.add(apply(index, checksum, trades));
      index += ENTRIES;
      checksum = trades.get(ENTRIES - 1).checksum();
    }
    begin();
  }

  private static Apply apply(long previous, int checksum, List<Entry> entries) {
    long last = previous + entries.size();
    return new Apply(Samples.EPOCH, LEADER, true, previous, checksum, last, entries);
  }

  private void begin() {
    listed.forEach(map::replace);
    view = new View(map, basis);
    var leases = new Leases(LEASE_NANOS);
    leases.opened(GATEWAY, 1);
    leases.renew(GATEWAY, 0);
    catalog = new Catalog(view, leases, (asker, reply) -> {}, LEASE_NANOS, 0);
    next = 0;
  }

  @TearDown
  public void close() throws IOException {
    map.abandon();
    Directories.delete(directory);
  }

  private Apply next() {
    if (next == BATCHES) {
      begin();
    }
    return batches.get(next++);
  }

  @Benchmark
  public long view() {
    Apply apply = next();
    view.apply(apply, (index, stock) -> changes++);
    return view.digest();
  }

  @Benchmark
  public Applied catalog() {
    Apply apply = next();
    catalog.apply(SESSION, apply, 0);
    return catalog.takeNews();
  }

  @Benchmark
  public Stock lookup() {
    return view.get(Samples.name(next++));
  }
}
