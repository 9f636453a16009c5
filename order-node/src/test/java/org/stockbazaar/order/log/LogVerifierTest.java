package org.stockbazaar.order.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

/** Verifying and exporting a directory on a real disk. */
@Tag("O7")
class LogVerifierTest {
  private static final LogOptions SMALL = new LogOptions(100 * 128, 32 * 128, true);

  @TempDir Path directory;

  private final Entries entries = new Entries(21);

  private OrderLog open() {
    return OrderLog.open(FileStorage.of(directory), SMALL);
  }

  /** One epoch, two stocks, three orders. */
  private OrderLog small() {
    var log = open();
    log.append(Entries.epoch(log, 1));
    log.append(Entries.list(log, "GameStart", 100));
    log.append(Entries.list(log, "FishCo", 50));
    log.append(entries.trade(log, Side.BUY, 30, "GameStart"));
    log.append(entries.trade(log, Side.SELL, 7, "FishCo"));
    log.append(entries.trade(log, Side.SELL, 5, "GameStart"));
    log.sync();
    return log;
  }

  @Test
  @Tag("B5")
  void theBooksFollowFromTheEntries() {
    var log = small();
    var found = LogVerifier.verify(directory);
    assertThat(found.problem()).isEmpty();
    assertThat(found.good()).isTrue();
    assertThat(found.entries()).isEqualTo(6);
    assertThat(found.orders()).isEqualTo(3);
    assertThat(found.checksum()).isEqualTo(log.lastChecksum());
    var gameStart = new Stock("GameStart", 1599, 75, 35, 0, 6);
    var fishCo = new Stock("FishCo", 1599, 57, 7, 0, 5);
    assertThat(found.books())
        .isEqualTo(new TreeMap<>(Map.of("GameStart", gameStart, "FishCo", fishCo)));
    assertThat(found.stocksDigest()).isEqualTo(StockDigest.of(gameStart) + StockDigest.of(fishCo));

    log.append(Entries.reset(log));
    log.close();
    assertThat(LogVerifier.verify(directory).books().get("FishCo"))
        .isEqualTo(new Stock("FishCo", 1599, 50, 0, 0, 7));
  }

  @Test
  void aVerificationMayStopAtAnIndex() {
    small().close();
    var found = LogVerifier.verify(directory, 4);
    assertThat(found.good()).isTrue();
    assertThat(found.entries()).isEqualTo(4);
    assertThat(found.books().get("GameStart").quantity()).isEqualTo(70);
    assertThat(LogVerifier.verify(directory, 99).entries()).isEqualTo(6);
  }

  @Test
  @Tag("R6")
  void theDigestIsThatOfTheEntriesAndNotOfTheMarks(@TempDir Path other) {
    try (var one = open();
        var two = OrderLog.open(FileStorage.of(other), LogOptions.DEFAULT)) {
      for (int i = 0; i < 500; i++) {
        Entry entry = entries.next(one);
        one.append(entry);
        two.append(entry);
        if (i % 7 == 0) {
          one.sync();
        }
      }
    }
    var found = LogVerifier.verify(directory);
    assertThat(found.good()).isTrue();
    assertThat(LogVerifier.verify(other)).isEqualTo(found);
    assertThat(LogVerifier.verify(other, 499).digest()).isNotEqualTo(found.digest());
  }

  @Test
  void everyKindOfWrongBookIsFound() {
    var log = small();
    log.append(entries.trade(log, Side.BUY, 76, "GameStart"));
    log.sync();
    assertThat(problem()).isEqualTo("the entry of index 7 buys more than there is of GameStart");
    log.truncate(6);
    log.append(entries.trade(log, Side.SELL, 1, "BoarCo"));
    log.sync();
    assertThat(problem()).isEqualTo("the entry of index 7 trades what is not listed: BoarCo");
    log.truncate(6);
    log.append(Entries.list(log, "FishCo", 1));
    log.sync();
    assertThat(problem()).isEqualTo("the entry of index 7 lists what is listed already: FishCo");
    log.truncate(6);
    log.append(entries.trade(log, Side.SELL, 0, "FishCo"));
    log.sync();
    assertThat(problem()).contains("less than one share of FishCo");
    log.truncate(6);
    log.append(limited(Entries.list(log, "BoarCo", 10), log.lastChecksum()));
    log.append(entries.trade(log, Side.SELL, 4, "BoarCo"));
    log.append(entries.trade(log, Side.BUY, 4, "BoarCo"));
    log.close();
    assertThat(problem())
        .isEqualTo("the entry of index 9 goes beyond the largest volume, 7, of BoarCo");
  }

  private String problem() {
    var found = LogVerifier.verify(directory);
    assertThat(found.good()).isEqualTo(found.problem().isEmpty());
    return found.problem();
  }

  private static Entry limited(Entry e, int previous) {
    Entry unsealed = limited(e, 7L, 0);
    return limited(unsealed, 7L, EntryCodec.checksum(previous, unsealed));
  }

  private static Entry limited(Entry e, long volumeMax, int checksum) {
    return new Entry(
        e.index(),
        e.epoch(),
        e.kind(),
        e.nextNumber(),
        e.timeMillis(),
        e.key(),
        e.side(),
        e.quantity(),
        e.priceCents(),
        volumeMax,
        e.stock(),
        checksum);
  }

  @Test
  @Tag("O4")
  void aTornTailIsTheEndAndDamageIsNamed() throws IOException {
    var log = open();
    for (int i = 0; i < 15; i++) {
      entries.append(log, 10);
      log.sync();
    }
    Path first = directory.resolve(RecordFormat.segmentName(1));
    Path second = directory.resolve(RecordFormat.segmentName(101));
    flip(second, 49 * 128 + 50);
    assertThat(LogVerifier.verify(directory).entries()).isEqualTo(149);
    assertThat(problem()).isEmpty();
    flip(first, 9 * 128 + 50);
    assertThat(LogVerifier.verify(directory).entries()).isEqualTo(9);
    assertThat(problem()).contains("damaged", "index 10, at offset 1152 of " + first);
    assertThat(LogVerifier.verify(directory, 9).good()).isTrue();

    var out = new StringBuilder();
    var export = LogExporter.export(directory, out);
    assertThat(export.entries()).isEqualTo(9);
    assertThat(export.problem()).contains("index 10");
    assertThat(out.toString().lines()).hasSize(10);
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aDirectoryWithoutALogIsNotGood() throws IOException {
    assertThat(problem()).contains("no order log in " + directory);
    assertThat(directory).isEmptyDirectory();
    assertThat(LogVerifier.verify(directory.resolve("x")).problem()).contains("is no directory");
  }

  /** The writer's end, not time, decides how often the log is looked at. */
  @Test
  void aLogIsGoodWhileItIsWritten() {
    var written =
        CompletableFuture.runAsync(
            () -> {
              try (var log = OrderLog.open(FileStorage.of(directory))) {
                for (int i = 0; i < 300; i++) {
                  entries.append(log, 100);
                  log.sync();
                }
              }
            });
    long seen = 0;
    while (!written.isDone()) {
      var found = LogVerifier.verify(directory);
      boolean created = !found.problem().contains("no order log");
      assertThat(created ? found.problem() : "").isEmpty();
      assertThat(found.entries()).isGreaterThanOrEqualTo(seen);
      seen = found.entries();
    }
    written.join();
    assertThat(LogVerifier.verify(directory).entries()).isEqualTo(30_000);
  }

  @Test
  void theExportHasALineForEachEntryAndChangesNothing() throws IOException {
    var log = small();
    log.append(Entries.reset(log));
    log.close();
    byte[] before = Files.readAllBytes(directory.resolve(RecordFormat.segmentName(1)));
    var out = new StringBuilder();
    var export = LogExporter.export(directory, out);
    assertThat(export).isEqualTo(new LogExporter.Export(7, 3, ""));
    var buy = log.read(4).key();
    String[] lines = out.toString().split("\n");
    assertThat(out.toString()).startsWith(LogExporter.HEADER);
    assertThat(lines[1]).isEqualTo("1,1,epoch,,1,,,,,,");
    assertThat(lines[2]).isEqualTo("2,1,list,,2,,,100,GameStart,15.99,");
    assertThat(lines[4])
        .isEqualTo(
            String.format("4,1,trade,0,4,%016x%016x,buy,30,GameStart,,", buy.high(), buy.low()));
    assertThat(lines[7]).isEqualTo("7,1,reset,,7,,,,,,");
    assertThat(lines).allMatch(line -> line.chars().filter(c -> c == ',').count() == 10);
    assertThat(directory.resolve(RecordFormat.segmentName(1))).hasBinaryContent(before);
    assertThat(directory.resolve(RecordFormat.segmentName(101))).doesNotExist();
  }
}
