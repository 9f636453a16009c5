package org.stockbazaar.catalog.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.values.Values;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.Table;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/**
 * The stocks in a persisted off-heap Chronicle Map, their names in order on the heap. The map is
 * never trusted: it is opened only when a {@link CloseMark} vouches for every byte of it, since
 * Chronicle's own recovery loses entries, and hangs or aborts the process on a garbled file. Else
 * it is deleted and made from a checkpoint, or from nothing. Belongs to the node's event loop.
 */
public final class StockMap implements Table {
  private static final Logger LOG = LoggerFactory.getLogger(StockMap.class);

  private final Path mapFile;
  private final Path markFile;
  private final long capacity;
  private final StockValue value = Values.newHeapInstance(StockValue.class);
  private final Checkpoints checkpoints;
  private NameIndex names = new NameIndex();
  private ChronicleMap<CharSequence, StockValue> map;
  private Basis found;
  private boolean drained;
  private Path tried;

  /** The stock that {@link #value} holds, null for none. */
  private String loaded;

  private StockMap(Path directory, long capacity) {
    mapFile = directory.resolve("catalog.map");
    markFile = directory.resolve("catalog.state");
    this.capacity = capacity;
    checkpoints = new Checkpoints(directory);
  }

  /**
   * Opens the map in {@code directory} when it was closed cleanly with the same capacity, else one
   * from the newest good checkpoint, else an empty one. {@link FailedException} when the files
   * cannot be used at all.
   */
  public static StockMap open(Path directory, long capacity) {
    requireQuietChronicle();
    var opened = new StockMap(directory, capacity);
    try {
      opened.found = opened.reopen();
      return opened;
    } catch (IOException e) {
      throw new FailedException("cannot use " + opened.mapFile + ": " + e, e);
    }
  }

  private static void requireQuietChronicle() {
    for (String property : List.of("chronicle.analytics.disable", "chronicle.announcer.disable")) {
      if (!Boolean.getBoolean(property)) {
        throw new FailedException(
            "Chronicle would call home: start with -D" + property + "=true (deploy/jvm.options)");
      }
    }
  }

  /** What it held when it was opened. */
  public Basis found() {
    return found;
  }

  /** Whether no gateway held a lease when it was closed, and it was closed cleanly. */
  public boolean drained() {
    return drained;
  }

  private Basis reopen() throws IOException {
    CloseMark mark = CloseMark.read(markFile);
    CloseMark.delete(markFile);
    String doubt = doubt(mark);
    if (doubt == null) {
      create();
      if (matches(mark)) {
        drained = mark.drained();
        return Basis.of(mark.index(), mark.entryChecksum(), mark.digest());
      }
      map.close();
      doubt = "it does not hold what it was closed with";
    }
    if (Files.exists(mapFile)) {
      LOG.warn("{} is not used: {}; it is made anew", mapFile, doubt);
    }
    return older();
  }

  /** Why the map's file may not be shown to Chronicle, or null. */
  private String doubt(CloseMark mark) throws IOException {
    if (!Files.exists(mapFile)) {
      return "it is missing";
    }
    if (mark == null) {
      return "it was not closed cleanly";
    }
    if (mark.capacity() != capacity) {
      return "it was made for " + mark.capacity() + " stocks, not " + capacity;
    }
    if (Files.size(mapFile) != mark.mapBytes()) {
      return "it is " + Files.size(mapFile) + " bytes long, not " + mark.mapBytes();
    }
    return CloseMark.checksum(mapFile) == mark.mapChecksum() ? null : "its checksum is wrong";
  }

  /** Goes through the map once, in its own order: the digest is a sum. */
  private boolean matches(CloseMark mark) {
    names = new NameIndex();
    long digest = 0;
    for (Map.Entry<CharSequence, StockValue> entry : map.entrySet()) {
      String name = entry.getKey().toString();
      names.add(name);
      digest += StockDigest.of(stock(name, entry.getValue()));
    }
    return names.size() == mark.stocks() && digest == mark.digest();
  }

  private void create() throws IOException {
    File file = mapFile.toFile();
    map =
        ChronicleMapBuilder.of(CharSequence.class, StockValue.class)
            .name("stocks")
            .entries(capacity)
            .averageKeySize(Stock.NAME_BYTES_MAX)
            .putReturnsNull(true)
            .createPersistedTo(file);
  }

  @Override
  public Stock get(String name) {
    loaded = map.getUsing(name, value) == null ? null : name;
    return loaded == null ? null : stock(name, value);
  }

  private static Stock stock(String name, StockValue value) {
    return new Stock(
        name,
        value.getPriceCents(),
        value.getQuantity(),
        value.getVolume(),
        value.getVolumeMax(),
        value.getLastIndex());
  }

  @Override
  public long listedQuantity(String name) {
    loaded = map.getUsing(name, value) == null ? null : name;
    return loaded == null ? 0 : value.getListedQuantity();
  }

  @Override
  public void add(Stock stock, long listedQuantity) {
    value.setPriceCents(stock.priceCents());
    value.setVolumeMax(stock.volumeMax());
    value.setListedQuantity(listedQuantity);
    write(stock);
    names.add(stock.name());
  }

  @Override
  public void replace(Stock stock) {
    if (!stock.name().equals(loaded)) {
      Invariant.check(map.getUsing(stock.name(), value) != null, "a listed stock", stock.name());
    }
    write(stock);
  }

  private void write(Stock stock) {
    value.setQuantity(stock.quantity());
    value.setVolume(stock.volume());
    value.setLastIndex(stock.lastIndex());
    map.put(stock.name(), value);
    loaded = stock.name();
  }

  @Override
  public long size() {
    return names.size();
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public List<Stock> after(String name, int limit) {
    List<String> next = names.after(name, limit);
    var stocks = new ArrayList<Stock>(next.size());
    for (String one : next) {
      stocks.add(get(one));
    }
    return stocks;
  }

  @Override
  public Basis older() {
    try {
      if (tried != null) {
        checkpoints.discard(tried, "the order log is not the one that it was made from");
      }
      for (Path file : checkpoints.newestFirst()) {
        empty();
        try {
          Basis basis = Checkpoint.read(file, this);
          tried = file;
          LOG.info("{} stocks from {}", names.size(), file.getFileName());
          return basis;
        } catch (Checkpoint.DamagedException e) {
          checkpoints.discard(file, e.getMessage());
        }
      }
      tried = null;
      empty();
      return Basis.EMPTY;
    } catch (IOException e) {
      throw new FailedException("cannot make " + mapFile + " anew: " + e, e);
    }
  }

  @Override
  public void clear() {
    try {
      checkpoints.discardAll("it came from a map that contradicted the order log");
      tried = null;
      empty();
    } catch (IOException e) {
      throw new FailedException("cannot make " + mapFile + " anew: " + e, e);
    }
  }

  /** Removes all stocks, and the file with them. */
  private void empty() throws IOException {
    if (map != null && map.isOpen()) {
      map.close();
    }
    names = new NameIndex();
    loaded = null;
    Files.deleteIfExists(mapFile);
    create();
  }

  /** Begins to write a checkpoint of {@code view}, whose table this is. */
  public CheckpointWriter checkpoint(View view) {
    return new CheckpointWriter(view, this, checkpoints);
  }

  /**
   * Closes the map and leaves the mark of a clean close; not while it is of no one index.
   *
   * @param view the view whose table this is
   * @param leasesDrained whether no gateway holds a lease any more
   */
  public void close(View view, boolean leasesDrained) {
    map.close();
    if (!view.isWhole()) {
      return;
    }
    try {
      new CloseMark(
              view.index(),
              view.checksum(),
              leasesDrained,
              names.size(),
              view.digest(),
              capacity,
              Files.size(mapFile),
              CloseMark.checksum(mapFile))
          .write(markFile);
    } catch (IOException e) {
      LOG.warn("no mark of a clean close; the next start rebuilds from the order log", e);
    }
  }

  /** Closes the map as a crash would leave it: without the mark. */
  public void abandon() {
    map.close();
  }
}
