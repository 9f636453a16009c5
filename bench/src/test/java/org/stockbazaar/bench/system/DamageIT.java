package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.stockbazaar.bench.session.SessionPlan;
import org.stockbazaar.bench.session.SessionResult;
import org.stockbazaar.bench.session.SessionRun;

/** Whatever happens to the catalog's files, it is back by itself with what the order log says. */
@Tag("C4")
class DamageIT {
  @RegisterExtension
  static final LiveSystem SYSTEM = new LiveSystem(s -> s.withStocks(null, 1_000, 1_000));

  private static final long SEED = 17;

  private interface Damage {
    void to(Path directory) throws IOException;
  }

  /** Each damage finds a healthy system, with two checkpoints. */
  @BeforeEach
  void trade() throws InterruptedException {
    if (SYSTEM.state("catalog").equals("dead")) {
      SYSTEM.cluster().restart("catalog");
    }
    LiveSystem.await(
        "two checkpoints",
        () -> {
          if (checkpoints().size() < 2) {
            sessions(400);
          }
          return checkpoints().size() == 2;
        });
  }

  private static void sessions(int requests) {
    var plan =
        new SessionPlan(SYSTEM.gateway(), 4, requests / 4, 1, SEED, LiveSystem.PATIENCE_MILLIS);
    SessionResult result = new SessionRun(plan, done -> {}).run();
    assertThat(result.failures()).isEmpty();
    assertThat(result.differences()).isEmpty();
  }

  private static Path directory() {
    return SYSTEM.cluster().layout().data("catalog");
  }

  /** The newest first. */
  private static List<Path> checkpoints() {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("nothing but the kill", d -> {}),
        damage("map missing", d -> Files.delete(map(d))),
        damage("map empty", d -> Files.write(map(d), new byte[0])),
        damage("map cut in half", d -> cut(map(d))),
        damage("map of random bytes", d -> garble(map(d), 0, 1)),
        damage("map garbled in the middle", d -> garble(map(d), 0.4, 0.6)),
        damage("map zeroed", d -> Files.write(map(d), new byte[(int) Files.size(map(d))])),
        damage("map missing, newest checkpoint missing", d -> Files.delete(newest())),
        damage("map missing, newest checkpoint cut", d -> cut(newest())),
        damage("map missing, newest checkpoint garbled", d -> garble(newest(), 0.4, 0.6)),
        damage("map and all checkpoints missing", d -> deleteCheckpoints()));
  }

  private static Arguments damage(String name, Damage damage) {
    return Arguments.of(name, damage);
  }

  private static Path map(Path directory) {
    return directory.resolve("catalog.map");
  }

  private static Path newest() {
    return checkpoints().get(0);
  }

  private static void deleteCheckpoints() throws IOException {
    for (Path file : checkpoints()) {
      Files.delete(file);
    }
  }

  private static void cut(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void garble(Path file, double from, double to) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var random = new Random(SEED);
    for (int i = (int) (bytes.length * from); i < bytes.length * to; i++) {
      bytes[i] ^= (byte) (1 + random.nextInt(255));
    }
    Files.write(file, bytes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void afterAKillIsMended(String name, Damage damage) throws IOException {
    SYSTEM.cluster().kill("catalog");
    damage.to(directory());
    backByItself();
  }

  /** A clean stop leaves a mark that vouches for the map: some damages that it must not hide. */
  static Stream<Arguments> damagesOfAStopped() {
    return Stream.of(
        damage("nothing but the stop", d -> {}),
        damage("map cut in half", d -> cut(map(d))),
        damage("map garbled in the middle", d -> garble(map(d), 0.4, 0.6)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damagesOfAStopped")
  void afterACleanStopIsMended(String name, Damage damage) throws IOException {
    SYSTEM.cluster().stop();
    damage.to(directory());
    SYSTEM.cluster().start();
    backByItself();
  }

  private static void backByItself() {
    if (SYSTEM.state("catalog").equals("dead")) {
      SYSTEM.cluster().restart("catalog");
    }
    SYSTEM.requireVerified();
    sessions(40);
    SYSTEM.requireVerified();
  }

  /** The catalog's files of one system, the order log of another. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("histories")
  void ofAnotherHistoryIsGivenUp(String name, boolean map) throws IOException {
    SYSTEM.cluster().stop();
    Path log = SYSTEM.cluster().layout().data("order-1");
    Path old = log.resolveSibling("order-1-old-" + map);
    Files.move(log, old);
    if (!map) {
      Files.delete(map(directory()));
    }
    SYSTEM.cluster().start();
    SYSTEM.requireVerified();
    sessions(40);
    SYSTEM.requireVerified();
  }

  static Stream<Arguments> histories() {
    return Stream.of(
        Arguments.of("map ahead of a new log", true), Arguments.of("only checkpoints", false));
  }

  @Test
  void aCheckpointsLeftoverIsIgnored() throws IOException {
    SYSTEM.cluster().kill("catalog");
    Files.write(
        directory().resolve("checkpoint.tmp"),
        new byte[1_000],
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
    backByItself();
  }
}
