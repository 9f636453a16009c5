package org.stockbazaar.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

class CheckpointTest {
  private static final int STOCKS = 300;
  private static final int CAPACITY = 1_000;
  private static final long SECONDS_MAX = 60;

  @TempDir private Path directory;
  private StockMap map;

  @AfterEach
  void close() {
    if (map != null) {
      map.abandon();
    }
  }

  private static Stock stock(int i) {
    return new Stock("Stock-" + i, 100L + i, i, 2L * i, i % 3, 7L + i);
  }

  private void open() {
    close();
    map = StockMap.open(directory, CAPACITY);
  }

  private static long digest() {
    long digest = 0;
    for (int i = 0; i < STOCKS; i++) {
      digest += StockDigest.of(stock(i));
    }
    return digest;
  }

  private void fill() {
    open();
    for (int i = 0; i < STOCKS; i++) {
      map.add(stock(i), 1_000 + i);
    }
  }

  /** Writes one whole checkpoint that begins at this index. */
  private Path write(long index) throws Exception {
    var view = new View(map, Basis.of(index, (int) index, digest()));
    try (CheckpointWriter writer = map.checkpoint(view)) {
      boolean last = false;
      while (!last) {
        var written = new CompletableFuture<Boolean>();
        writer.next(written::complete, written::completeExceptionally);
        last = written.get(SECONDS_MAX, TimeUnit.SECONDS);
      }
      assertThat(writer.stocks()).isEqualTo(STOCKS);
    }
    return directory.resolve("checkpoint-%019d".formatted(index));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("checkpoint"))
          .sorted()
          .toList();
    }
  }

  @Test
  @Tag("C4")
  void givesAllStocksBackAndKeepsTheNewestTwo() throws Exception {
    fill();
    write(1_000);
    write(2_000);
    Path newest = write(3_000);
    assertThat(files())
        .containsExactly("checkpoint-0000000000000002000", newest.getFileName().toString());
    open();
    assertThat(map.found())
        .isEqualTo(new Basis(3_000, 3_000, digest(), List.of(new Basis.Mark(3_000, 3_000))));
    for (int i = 0; i < STOCKS; i++) {
      assertThat(map.get("Stock-" + i)).isEqualTo(stock(i));
      assertThat(map.listedQuantity("Stock-" + i)).isEqualTo(1_000 + i);
    }
  }

  @Test
  @Tag("C4")
  void anUnfinishedOneIsNone() throws Exception {
    fill();
    write(1_000);
    try (CheckpointWriter writer = map.checkpoint(new View(map, Basis.of(9_000, 1, digest())))) {
      var written = new CompletableFuture<Boolean>();
      writer.next(written::complete, written::completeExceptionally);
      assertThat(written.get(SECONDS_MAX, TimeUnit.SECONDS)).isFalse();
    }
    open();
    assertThat(map.found().index()).isEqualTo(1_000);
  }

  @Test
  @Tag("C4")
  void olderOnesComeAfterThoseThatTheLogDoesNotHave() throws Exception {
    fill();
    write(1_000);
    write(2_000);
    open();
    assertThat(map.found().index()).isEqualTo(2_000);
    assertThat(map.older().index()).isEqualTo(1_000);
    assertThat(map.size()).isEqualTo(STOCKS);
    assertThat(map.older()).isEqualTo(Basis.EMPTY);
    assertThat(map.size()).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void oneWithMoreStocksThanTheMapCanHaveIsNotUsed() throws Exception {
    fill();
    write(1_000);
    close();
    map = StockMap.open(directory, STOCKS - 1);
    assertThat(map.found()).isEqualTo(Basis.EMPTY);
    assertThat(map.size()).isZero();
  }

  @Test
  @Tag("C4")
  void noChangedByteGoesUnseen() throws Exception {
    fill();
    Path file = write(1_000);
    byte[] good = Files.readAllBytes(file);
    var random = new Random(11);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = mutate(good, random);
      if (Arrays.equals(bytes, good)) {
        continue;
      }
      Files.write(file, bytes);
      assertThatExceptionOfType(Checkpoint.DamagedException.class)
          .as("mutation %d", i)
          .isThrownBy(() -> Checkpoint.read(file, new Sink()));
    }
    Files.write(file, good);
    assertThat(Checkpoint.read(file, new Sink()).digest()).isEqualTo(digest());
  }

  /** Flips, cuts, repeats or swaps some bytes. */
  private static byte[] mutate(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int from = random.nextInt(bytes.length);
    int count = 1 + random.nextInt(Math.min(64, bytes.length - from));
    int other = random.nextInt(bytes.length - count + 1);
    switch (random.nextInt(5)) {
      case 0 -> bytes[from] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, from);
      case 2 -> Arrays.fill(bytes, from, from + count, (byte) 0);
      case 3 -> System.arraycopy(good, other, bytes, from, count);
      default -> bytes = Arrays.copyOf(bytes, bytes.length + count);
    }
    return bytes;
  }

  @Test
  @Tag("C4")
  void aDamagedNewestOneGivesWayToTheOneBefore() throws Exception {
    fill();
    write(1_000);
    Path newest = write(2_000);
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    open();
    assertThat(map.found().index()).isEqualTo(1_000);
    assertThat(files()).hasSize(1);
  }

  /** A table that only counts. */
  private static final class Sink implements org.stockbazaar.catalog.view.Table {
    private long size;

    @Override
    public Stock get(String name) {
      return null;
    }

    @Override
    public long listedQuantity(String name) {
      return 0;
    }

    @Override
    public void add(Stock stock, long listedQuantity) {
      size++;
    }

    @Override
    public void replace(Stock stock) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public long capacity() {
      return CAPACITY;
    }

    @Override
    public List<Stock> after(String name, int limit) {
      return List.of();
    }

    @Override
    public Basis older() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
      size = 0;
    }
  }
}
