package org.stockbazaar.order.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.protocol.invariant.InvariantError;
import org.stockbazaar.protocol.message.Entry;

/** The log's own promises, on a disk in memory and on a real one. */
class OrderLogTest {
  /** Segments of 100 entries, filled 16 at a time. */
  private static final LogOptions SMALL = new LogOptions(100 * 128, 16 * 128, true);

  private final MemoryStorage storage = new MemoryStorage();
  private final Entries entries = new Entries(7);

  @Test
  void anEmptyLogHasNothing() {
    var log = OrderLog.open(storage, SMALL);
    assertThat(log.lastIndex()).isZero();
    assertThat(log.epochAt(0)).isZero();
    assertThat(log.checksumAt(0)).isZero();
    assertThat(log.nextNumber()).isZero();
    assertThat(log.read(1, 10)).isEmpty();
    assertThat(log.indexOf(0)).isZero();
  }

  @Test
  @Tag("O3")
  void entriesAreThereAfterReopening() {
    var log = OrderLog.open(storage, SMALL);
    entries.append(log, 1234);
    log.sync();
    List<Entry> written = log.read(1, 2000);
    assertThat(written).hasSize(1234);

    var again = OrderLog.open(storage, SMALL);
    assertThat(again.read(1, 2000)).isEqualTo(written);
    assertThat(again.lastIndex()).isEqualTo(1234);
    assertThat(again.lastEpoch()).isEqualTo(log.lastEpoch());
    assertThat(again.lastChecksum()).isEqualTo(log.lastChecksum());
    assertThat(again.nextNumber()).isEqualTo(log.nextNumber());
    assertThat(again.syncedIndex()).isEqualTo(1234);
    entries.append(again, 10);
    again.close();
    assertThat(OrderLog.open(storage, SMALL).lastIndex()).isEqualTo(1244);
  }

  @Test
  @Tag("O5")
  void everyTradeIsFoundByItsNumberAndNoOtherIs() {
    var log = OrderLog.open(storage, SMALL);
    entries.append(log, 6000);
    log.sync();
    log.truncate(5000);
    entries.append(log, 500);
    log.sync();
    for (OrderLog each : List.of(log, OrderLog.open(storage, SMALL))) {
      for (Entry entry : each.read(1, 6000)) {
        if (entry.kind() == Entry.Kind.TRADE) {
          assertThat(each.indexOf(entry.number())).isEqualTo(entry.index());
        }
      }
      assertThat(each.indexOf(each.nextNumber())).isZero();
      assertThat(each.indexOf(-1)).isZero();
    }
  }

  @Test
  void oldEntriesAreReadFromTheFileAndNewOnesFromMemory() {
    var log = OrderLog.open(storage, SMALL);
    var all = new ArrayList<Entry>();
    for (int i = 0; i < 9000; i++) {
      Entry entry = entries.next(log);
      all.add(entry);
      log.append(entry);
    }
    assertThat(log.read(1)).isEqualTo(all.get(0));
    assertThat(log.read(8999, 10)).isEqualTo(all.subList(8998, 9000));
    assertThat(log.read(1, 9000)).isEqualTo(all);
    assertThat(log.read(4321, 777)).isEqualTo(all.subList(4320, 5097));
    assertThat(log.checksumAt(77)).isEqualTo(all.get(76).checksum());
    assertThat(log.read(9001, 5)).isEmpty();
  }

  @Test
  @Tag("O3")
  void aBatchIsOneWriteAndOneSync() {
    var log = OrderLog.open(storage, new LogOptions(1000 * 128, 1000 * 128, true));
    entries.append(log, 100);
    log.sync();
    int writes = storage.writes;
    int forces = storage.forces;
    entries.append(log, 200);
    assertThat(log.syncedIndex()).isEqualTo(100);
    assertThat(storage.writes).isEqualTo(writes);
    log.sync();
    log.sync();
    assertThat(log.syncedIndex()).isEqualTo(300);
    assertThat(storage.writes).isEqualTo(writes + 1);
    assertThat(storage.forces).isEqualTo(forces + 1);
  }

  @Test
  void anEntryThatDoesNotContinueTheLogIsAnError() {
    var log = OrderLog.open(storage, SMALL);
    Entry first = entries.next(log);
    log.append(first);
    assertThatThrownBy(() -> log.append(first)).isInstanceOf(InvariantError.class);
  }

  @Test
  @Tag("O3")
  void afterAFailedSyncTheLogIsNeverUsedAgain() {
    var log = OrderLog.open(storage, SMALL);
    entries.append(log, 10);
    log.sync();
    entries.append(log, 1);
    storage.forcesLeft = 0;
    assertThatThrownBy(log::sync)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot sync");
    storage.forcesLeft = Integer.MAX_VALUE;
    assertThatThrownBy(log::sync).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> log.truncate(3)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> entries.append(log, 1)).isInstanceOf(StorageException.class);
    assertThat(log.syncedIndex()).isEqualTo(10);
  }

  @Test
  void aFullDiskStopsTheLogAndLosesNothingThatWasSynced() {
    var log = OrderLog.open(storage, SMALL);
    entries.append(log, 10);
    log.sync();
    entries.append(log, 50);
    storage.writesLeft = 1;
    assertThatThrownBy(log::sync)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot write");
    log.close();
    storage.writesLeft = Integer.MAX_VALUE;
    assertThat(OrderLog.open(storage, SMALL).lastIndex()).isBetween(10L, 60L);
  }

  @Test
  void truncatedEntriesAreGoneAndOthersTakeTheirPlace() {
    var log = OrderLog.open(storage, SMALL);
    entries.append(log, 450);
    log.sync();
    Entry kept = log.read(120);
    entries.append(log, 30);
    log.truncate(120);
    assertThat(log.lastIndex()).isEqualTo(120);
    assertThat(log.syncedIndex()).isEqualTo(120);
    assertThat(log.nextNumber()).isEqualTo(kept.nextNumber());
    assertThat(storage.list()).hasSize(2);
    assertThat(OrderLog.open(storage.copy(), SMALL).lastChecksum()).isEqualTo(kept.checksum());

    new Entries(8).append(log, 1);
    entries.append(log, 300);
    log.sync();
    List<Entry> all = log.read(1, 1000);
    assertThat(OrderLog.open(storage, SMALL).read(1, 1000)).isEqualTo(all);
  }

  @Test
  void everythingMayBeTruncated() {
    var log = OrderLog.open(storage, SMALL);
    entries.append(log, 250);
    log.truncate(0);
    assertThat(log.lastIndex()).isZero();
    assertThat(log.lastChecksum()).isZero();
    new Entries(9).append(log, 5);
    log.sync();
    assertThat(OrderLog.open(storage, SMALL).lastIndex()).isEqualTo(5);
  }

  @Test
  void theSizeOfSegmentsMayChangeBetweenStarts() {
    var log = OrderLog.open(storage, SMALL);
    entries.append(log, 150);
    log.close();
    log = OrderLog.open(storage, new LogOptions(30 * 128, 128, true));
    entries.append(log, 100);
    log.close();
    log = OrderLog.open(storage, new LogOptions(500 * 128, 7 * 128, true));
    entries.append(log, 1000);
    List<Entry> all = log.read(1, 2000);
    log.close();
    assertThat(OrderLog.open(storage, SMALL).read(1, 2000)).isEqualTo(all);
  }

  @Test
  void withoutForceNothingClaimsToBeSynced() {
    var log = OrderLog.open(storage, SMALL.withoutForce());
    entries.append(log, 20);
    log.sync();
    entries.append(log, 20);
    int forces = storage.forces;
    log.sync();
    assertThat(log.syncedIndex()).isEqualTo(40);
    assertThat(storage.forces).isEqualTo(forces);
    storage.bytes(RecordFormat.segmentName(1))[15 * 128 + 50] ^= 1;
    assertThat(OrderLog.open(storage, SMALL).lastIndex()).isEqualTo(15);
  }

  @Test
  @Tag("O3")
  void worksOnARealDisk(@TempDir Path directory) {
    var files = FileStorage.of(directory);
    List<Entry> all;
    try (var log = OrderLog.open(files, SMALL)) {
      entries.append(log, 700);
      log.sync();
      log.truncate(333);
      entries.append(log, 400);
      all = log.read(1, 1000);
    }
    try (var log = OrderLog.open(files, SMALL)) {
      assertThat(log.read(1, 1000)).isEqualTo(all).hasSize(733);
    }
    try (var log = OrderLog.open(files)) {
      entries.append(log, 10000);
    }
    try (var log = OrderLog.open(files)) {
      assertThat(log.lastIndex()).isEqualTo(10733);
    }
  }
}
