package org.stockbazaar.catalog.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.values.Values;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.catalog.view.Table;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/**
 * The stocks in a persisted off-heap Chronicle Map, their names in order on the heap. The map is
 * never trusted: it is opened only when a {@link CloseMark} vouches for every byte of it, since
 * Chronicle's own recovery loses entries, and hangs or aborts the process on a garbled file. Else
 * it is deleted and the caller begins at index 0. Belongs to the node's event loop.
 */
public final class StockMap implements Table {
  private static final Logger LOG = LoggerFactory.getLogger(StockMap.class);

  private final Path mapFile;
  private final Path markFile;
  private final long capacity;
  private final StockValue value = Values.newHeapInstance(StockValue.class);
  private final NavigableSet<String> names = new TreeSet<>();
  private ChronicleMap<CharSequence, StockValue> map;
  private State found;

  /**
   * What the map was found to hold.
   *
   * @param index last applied index, 0 for an empty map
   * @param checksum checksum of the entry there
   * @param digest sum of the stocks' digests
   * @param drained whether no gateway held a lease when it was closed
   */
  public record State(long index, int checksum, long digest, boolean drained) {
    static final State EMPTY = new State(0, 0, 0, false);
  }

  private StockMap(Path directory, long capacity) {
    mapFile = directory.resolve("catalog.map");
    markFile = directory.resolve("catalog.state");
    this.capacity = capacity;
  }

  /**
   * Opens the map in {@code directory} when it was closed cleanly with the same capacity, else an
   * empty one. {@link FailedException} when the files cannot be used at all.
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
  public State found() {
    return found;
  }

  private State reopen() throws IOException {
    CloseMark mark = CloseMark.read(markFile);
    CloseMark.delete(markFile);
    String doubt = doubt(mark);
    if (doubt == null) {
      create();
      if (matches(mark)) {
        return new State(mark.index(), mark.entryChecksum(), mark.digest(), mark.drained());
      }
      map.close();
      doubt = "it does not hold what it was closed with";
    }
    if (Files.exists(mapFile)) {
      LOG.warn("{} is not used: {}; it is made anew from the order log", mapFile, doubt);
    }
    clear();
    return State.EMPTY;
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

  private boolean matches(CloseMark mark) {
    long digest = 0;
    names.clear();
    for (CharSequence name : map.keySet()) {
      names.add(name.toString());
    }
    for (String name : names) {
      digest += StockDigest.of(get(name));
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
    if (map.getUsing(name, value) == null) {
      return null;
    }
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
    return map.getUsing(name, value) == null ? 0 : value.getListedQuantity();
  }

  @Override
  public void put(Stock stock, long listedQuantity) {
    value.setPriceCents(stock.priceCents());
    value.setQuantity(stock.quantity());
    value.setVolume(stock.volume());
    value.setVolumeMax(stock.volumeMax());
    value.setListedQuantity(listedQuantity);
    value.setLastIndex(stock.lastIndex());
    map.put(stock.name(), value);
    names.add(stock.name());
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
    var stocks = new ArrayList<Stock>();
    for (String next : names.tailSet(name, false)) {
      if (stocks.size() == limit) {
        break;
      }
      stocks.add(get(next));
    }
    return stocks;
  }

  /** Removes all, and the file with it. */
  @Override
  public void clear() {
    try {
      if (map != null && map.isOpen()) {
        map.close();
      }
      names.clear();
      Files.deleteIfExists(mapFile);
      create();
    } catch (IOException e) {
      throw new FailedException("cannot make " + mapFile + " anew: " + e, e);
    }
  }

  /** Closes the map and leaves the mark of a clean close. */
  public void close(State state) {
    map.close();
    try {
      new CloseMark(
              state.index(),
              state.checksum(),
              state.drained(),
              names.size(),
              state.digest(),
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
