package org.stockbazaar.order.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Entry;

/** What a log does at start with what it finds, case by case: cut what was promised to nobody. */
@Tag("O4")
class RecoveryTest {
  private static final LogOptions SMALL = new LogOptions(100 * 128, 32 * 128, true);
  private static final String FIRST = RecordFormat.segmentName(1);
  private static final String SECOND = RecordFormat.segmentName(101);
  private static final String THIRD = RecordFormat.segmentName(201);

  private final MemoryStorage storage = new MemoryStorage();
  private List<Entry> all;

  /** 250 entries in three files; a sync after each ten, so that 241 to 250 have no voucher. */
  @BeforeEach
  void write() {
    var entries = new Entries(11);
    var log = OrderLog.open(storage, SMALL);
    for (int i = 0; i < 25; i++) {
      entries.append(log, 10);
      log.sync();
    }
    all = log.read(1, 250);
  }

  private void change(String name, int index, int at, int bit) {
    long first = RecordFormat.firstIndex(name);
    storage.bytes(name)[(int) (index - first) * 128 + at] ^= (byte) (1 << bit);
  }

  private void opensWith(int count) {
    var log = OrderLog.open(storage, SMALL);
    assertThat(log.read(1, 1000)).isEqualTo(all.subList(0, count));
    new Entries(12).append(log, 120);
    log.sync();
    List<Entry> now = log.read(1, 1000);
    assertThat(OrderLog.open(storage, SMALL).read(1, 1000)).isEqualTo(now);
  }

  private void refuses(String file, int index) {
    long offset = (index - RecordFormat.firstIndex(file)) * 128;
    assertThatThrownBy(() -> OrderLog.open(storage, SMALL))
        .isInstanceOf(LostException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("index " + index + ", at offset " + offset + " of memory/" + file);
    isRepaired(index);
  }

  /** With the entries of a peer the log is whole again; until then its files stay as they are. */
  private void isRepaired(int index) {
    MemoryStorage copy = storage.copy();
    var log = OrderLog.openDamaged(copy, SMALL);
    assertThat(log.damage()).contains("index " + index);
    assertThat(log.read(1, 1000)).isEqualTo(all.subList(0, index - 1));
    assertThat(copy.list()).isEqualTo(storage.list());
    for (String name : storage.list()) {
      assertThat(copy.bytes(name)).isEqualTo(storage.bytes(name));
    }
    all.subList(index - 1, 250).forEach(log::append);
    log.sync();
    copy.crash(new Random(index));
    assertThat(OrderLog.open(copy, SMALL).read(1, 1000)).isEqualTo(all);
  }

  private void edit(String name, Consumer<byte[]> edit) {
    edit.accept(storage.bytes(name));
  }

  @Test
  void whatIsWholeOpensWhole() {
    opensWith(250);
  }

  @Test
  void aRecordThatIsHalfWrittenIsCut() {
    edit(THIRD, bytes -> Arrays.fill(bytes, 49 * 128 + 60, 50 * 128, (byte) 0));
    opensWith(249);
  }

  @Test
  void aBatchOfWhichAnEarlierPageIsLostIsCutWhole() {
    edit(THIRD, bytes -> Arrays.fill(bytes, 42 * 128, 45 * 128, (byte) 0));
    opensWith(242);
  }

  @Test
  void rubbishBehindTheEndIsCut() {
    edit(THIRD, bytes -> Arrays.fill(bytes, 50 * 128, 60 * 128, (byte) 0x5a));
    opensWith(250);
  }

  @Test
  void aFileThatEndsInTheMiddleOfARecordIsCut() {
    storage.put(THIRD, Arrays.copyOf(storage.bytes(THIRD), 45 * 128 + 7));
    opensWith(245);
  }

  @Test
  void aRecordOfWhichOnlyZerosAndTheMarkAreCutOffStays() {
    storage.put(THIRD, Arrays.copyOf(storage.bytes(THIRD), 50 * 128 - 1));
    opensWith(250);
  }

  @Test
  void anEmptyFileBehindAFullOneIsTheNextSegment() {
    storage.put(THIRD, new byte[0]);
    opensWith(200);
  }

  @Test
  void aMissingLastFileIsDamage() {
    storage.delete(THIRD);
    assertThatThrownBy(() -> OrderLog.open(storage, SMALL))
        .isInstanceOf(LostException.class)
        .hasMessageContaining(SECOND + " is full");
    isRepaired(201);
  }

  @Test
  void everyFlippedBitOfARecordThatIsVouchedForIsDamage() {
    for (int index : new int[] {1, 57, 100, 101, 150, 240}) {
      String file = index <= 100 ? FIRST : index <= 200 ? SECOND : THIRD;
      for (int at = 0; at < 120; at++) {
        change(file, index, at, at % 8);
        refuses(file, index);
        change(file, index, at, at % 8);
      }
    }
    opensWith(250);
  }

  @Test
  void aFlippedChecksumRightBeforeTheOnlyVoucherIsDamage() {
    var log = OrderLog.open(storage, SMALL);
    new Entries(13).append(log, 1);
    log.sync();
    change(THIRD, 250, 2, 3);
    refuses(THIRD, 250);
  }

  @Test
  void aFlippedBitOfTheLastBatchIsATornTail() {
    change(THIRD, 245, 57, 1);
    opensWith(244);
  }

  @Test
  void aFlippedBitOfAMarkChangesNothing() {
    for (int bit = 0; bit < 64; bit++) {
      change(THIRD, 230, 120 + bit / 8, bit % 8);
    }
    opensWith(250);
  }

  @Test
  void aZeroedPageInTheMiddleIsDamage() {
    edit(SECOND, bytes -> Arrays.fill(bytes, 4096, 8192, (byte) 0));
    refuses(SECOND, 133);
  }

  @Test
  void aFileThatLostItsEndIsDamage() {
    storage.put(SECOND, Arrays.copyOf(storage.bytes(SECOND), 50 * 128));
    refuses(SECOND, 151);
  }

  @Test
  void aMissingFileIsDamage() {
    storage.delete(SECOND);
    refuses(FIRST, 101);
  }

  @Test
  void aMissingFirstFileIsDamage() {
    storage.delete(FIRST);
    assertThatThrownBy(() -> OrderLog.open(storage, SMALL))
        .hasMessageContaining("index 1, of which there is no file");
    isRepaired(1);
  }

  @Test
  void aRecordOfAnotherPlaceIsDamage() {
    edit(FIRST, bytes -> System.arraycopy(bytes, 10 * 128, bytes, 20 * 128, 128));
    refuses(FIRST, 21);
  }

  @Test
  void otherFilesAreLeftAlone() {
    storage.put("orders-1.log", new byte[] {1});
    storage.put("orders-0000000000000000001x.log", new byte[] {1});
    storage.put("lock", new byte[0]);
    opensWith(250);
    assertThat(storage.list()).contains("orders-1.log", "orders-0000000000000000001x.log", "lock");
  }

  @Test
  void whatTheDiskGarblesLaterIsNotServedEither() {
    var log = OrderLog.open(storage, SMALL);
    new Entries(14).append(log, OrderLog.RECENT);
    log.sync();
    change(FIRST, 42, 60, 2);
    assertThat(log.read(41)).isEqualTo(all.get(40));
    assertThatThrownBy(() -> log.read(42))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("index 42, at offset 5248 of memory/" + FIRST);
    assertThatThrownBy(() -> log.read(1, 100)).hasMessageContaining("index 42,");
  }
}
