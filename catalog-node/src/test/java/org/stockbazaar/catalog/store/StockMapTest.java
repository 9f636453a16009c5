package org.stockbazaar.catalog.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

class StockMapTest {
  private static final int CAPACITY = 1_000;

  @TempDir private Path directory;

  private interface Damage {
    void to(Path directory) throws IOException;
  }

  private static Stock stock(int i) {
    return new Stock("Stock-" + i, 100L + i, i, 2L * i, i % 3, 7L + i);
  }

  /** A map of 500 stocks, closed cleanly. */
  private Basis filled() {
    StockMap map = StockMap.open(directory, CAPACITY);
    assertThat(map.found()).isEqualTo(Basis.EMPTY);
    long digest = 0;
    for (int i = 0; i < 500; i++) {
      map.add(stock(i), 1_000 + i);
      digest += StockDigest.of(stock(i));
    }
    var state = Basis.of(99, 0x1234abcd, digest);
    map.close(new View(map, state), true);
    return state;
  }

  @Test
  @Tag("C2")
  void keepsStocksAndPlaceOverACleanClose() {
    Basis state = filled();
    StockMap map = StockMap.open(directory, CAPACITY);
    assertThat(map.found()).isEqualTo(state);
    assertThat(map.drained()).isTrue();
    assertThat(map.size()).isEqualTo(500);
    for (int i = 0; i < 500; i++) {
      assertThat(map.get("Stock-" + i)).isEqualTo(stock(i));
      assertThat(map.listedQuantity("Stock-" + i)).isEqualTo(1_000 + i);
    }
    assertThat(map.get("Stock-500")).isNull();
    map.abandon();
  }

  @Test
  void givesStocksInNameOrder() {
    filled();
    StockMap map = StockMap.open(directory, CAPACITY);
    List<Stock> page = map.after("Stock-10", 3);
    assertThat(page).extracting(Stock::name).containsExactly("Stock-100", "Stock-101", "Stock-102");
    assertThat(map.after("Stock-99", 10)).isEmpty();
    assertThat(map.after("", 1_000)).hasSize(500);
    map.abandon();
  }

  @Test
  void isFullNoEarlierThanItsCapacityEvenWithTheLongestNames() {
    StockMap map = StockMap.open(directory, CAPACITY);
    for (int i = 0; i < CAPACITY; i++) {
      String name = "%040d".formatted(i);
      map.add(new Stock(name, 1, 1, 0, 0, i + 1), 1);
    }
    assertThat(map.size()).isEqualTo(map.capacity());
    assertThat(map.get("%040d".formatted(CAPACITY - 1)).lastIndex()).isEqualTo(CAPACITY);
    map.abandon();
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("mark missing, as after a kill", d -> Files.delete(d.resolve("catalog.state"))),
        damage("map missing", d -> Files.delete(d.resolve("catalog.map"))),
        damage("map empty", d -> Files.write(d.resolve("catalog.map"), new byte[0])),
        damage("map cut in half", d -> cut(d.resolve("catalog.map"))),
        damage("map of random bytes", d -> garble(d.resolve("catalog.map"), 0, 1)),
        damage("map garbled in the middle", d -> garble(d.resolve("catalog.map"), 0.5, 0.501)),
        damage("map's header garbled", d -> garble(d.resolve("catalog.map"), 0, 0.0001)),
        damage("map zeroed", d -> zero(d.resolve("catalog.map"))),
        damage("mark empty", d -> Files.write(d.resolve("catalog.state"), new byte[0])),
        damage("mark garbled", d -> garble(d.resolve("catalog.state"), 0.5, 0.7)),
        damage("mark zeroed", d -> zero(d.resolve("catalog.state"))));
  }

  private static Arguments damage(String name, Damage damage) {
    return Arguments.of(name, damage);
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void zero(Path file) throws IOException {
    Files.write(file, new byte[(int) Files.size(file)]);
  }

  private static void garble(Path file, double from, double to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var random = new Random(1);
    int first = (int) (bytes.length * from);
    for (int i = first; i < Math.max(first + 1, bytes.length * to); i++) {
      bytes[i] ^= (byte) (1 + random.nextInt(255));
    }
    Files.write(file, bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  @Tag("C4")
  void beginsAnewAfterAnyDamageAndWorksOn(String name, Damage damage) throws IOException {
    filled();
    damage.to(directory);
    StockMap map = StockMap.open(directory, CAPACITY);
    assertThat(map.found()).isEqualTo(Basis.EMPTY);
    assertThat(map.size()).isZero();
    map.add(stock(1), 5);
    var state = Basis.of(1, 2, StockDigest.of(stock(1)));
    map.close(new View(map, state), false);
    StockMap again = StockMap.open(directory, CAPACITY);
    assertThat(again.found()).isEqualTo(state);
    assertThat(again.get("Stock-1")).isEqualTo(stock(1));
    again.abandon();
  }

  @Test
  @Tag("C4")
  void isNotTrustedWhileItWasInUse() throws IOException {
    filled();
    StockMap map = StockMap.open(directory, CAPACITY);
    map.replace(stock(1));
    // What a kill leaves: the files as they are now.
    Path crashed = Files.createDirectory(directory.resolve("crashed"));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, crashed.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    map.abandon();
    StockMap after = StockMap.open(crashed, CAPACITY);
    assertThat(after.found()).isEqualTo(Basis.EMPTY);
    after.abandon();
  }

  @Test
  void beginsAnewWithAnotherCapacity() {
    filled();
    StockMap map = StockMap.open(directory, CAPACITY + 1);
    assertThat(map.found()).isEqualTo(Basis.EMPTY);
    map.abandon();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chronicle.analytics.disable", "chronicle.announcer.disable"})
  void doesNotStartWhereChronicleWouldCallHome(String property) {
    String before = System.setProperty(property, "false");
    try {
      assertThatExceptionOfType(FailedException.class)
          .isThrownBy(() -> StockMap.open(directory, CAPACITY))
          .withMessageContaining("-D" + property + "=true");
    } finally {
      System.setProperty(property, before);
    }
    assertThat(directory).isEmptyDirectory();
  }
}
