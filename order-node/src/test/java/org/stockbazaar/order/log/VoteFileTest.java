package org.stockbazaar.order.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes survive everything but damage, and damage is refused. */
class VoteFileTest {
  private static final List<Integer> MEMBERS = List.of(1, 2, 3);

  private final MemoryStorage storage = new MemoryStorage();

  private VoteFile open() {
    return VoteFile.open(storage, 42, MEMBERS, 0);
  }

  @Test
  void aNewFileHasNoVote() {
    assertThat(open().epoch()).isZero();
    assertThat(open().votedFor()).isZero();
  }

  @Test
  @Tag("R3")
  void aVoteSurvivesACrashRightAfterItWasSaved() {
    var random = new Random(5);
    for (int epoch = 1; epoch <= 200; epoch++) {
      open().save(epoch, epoch % 3 + 1);
      storage.crash(random);
      assertThat(open().epoch()).isEqualTo(epoch);
      assertThat(open().votedFor()).isEqualTo(epoch % 3 + 1);
    }
  }

  @Test
  @Tag("R3")
  void aCrashWhileSavingLeavesTheOldVoteOrTheNewOne() {
    var random = new Random(6);
    long epoch = 0;
    for (int i = 0; i < 200; i++) {
      var votes = open();
      assertThat(votes.epoch()).isBetween(epoch, epoch + 1);
      epoch = votes.epoch();
      long next = epoch + 1;
      storage.forcesLeft = 0;
      assertThatThrownBy(() -> votes.save(next, 2)).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> votes.save(next, 2)).hasMessageContaining("failed before");
      storage.crash(random);
    }
  }

  @Test
  @Tag("R3")
  void aCrashWhileCreatingLeavesNoneOrAGoodOne() {
    for (int seed = 0; seed < 50; seed++) {
      for (int forces = 0; forces < 3; forces++) {
        var fresh = new MemoryStorage();
        fresh.forcesLeft = forces;
        try {
          VoteFile.open(fresh, 42, MEMBERS, 0);
        } catch (StorageException e) {
          assertThat(e).hasMessageContaining("planned failure");
        }
        fresh.crash(new Random(seed));
        assertThat(VoteFile.open(fresh, 42, MEMBERS, 0).epoch()).isZero();
      }
    }
  }

  @Test
  void oneDamagedSlotLeavesTheOtherAndBothAreRefused() {
    var votes = open();
    votes.save(7, 1);
    votes.save(8, 2);
    byte[] bytes = storage.bytes(VoteFile.NAME);
    bytes[30] ^= 4;
    assertThat(open().epoch()).isEqualTo(8);
    bytes[VoteFile.SLOT_DISTANCE + 30] ^= 4;
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("memory/vote is damaged");
    storage.put(VoteFile.NAME, new byte[0]);
    assertThatThrownBy(this::open).hasMessageContaining("damaged");
  }

  @Test
  void anotherClusterOrGroupIsRefused() {
    open().save(3, 1);
    assertThatThrownBy(() -> VoteFile.open(storage, 43, MEMBERS, 0))
        .hasMessageContaining("belongs to cluster 000000000000002a");
    assertThatThrownBy(() -> VoteFile.open(storage, 42, List.of(1), 0))
        .hasMessageContaining("[1, 2, 3]")
        .hasMessageContaining("names [1]");
  }

  @Test
  @Tag("R3")
  void aFileThatIsLostOrOlderThanTheLogIsRefused() {
    assertThatThrownBy(() -> VoteFile.open(storage, 42, MEMBERS, 1))
        .hasMessageContaining("memory/vote is lost");
    assertThat(storage.list()).isEmpty();
    open().save(3, 1);
    assertThat(VoteFile.open(storage, 42, MEMBERS, 3).epoch()).isEqualTo(3);
    assertThatThrownBy(() -> VoteFile.open(storage, 42, MEMBERS, 4))
        .hasMessageContaining("knows of epoch 3 and the order log of 4");
  }

  @Test
  void worksOnARealDisk(@TempDir Path directory) {
    var files = FileStorage.of(directory);
    for (int epoch = 1; epoch < 5; epoch++) {
      try (var votes = VoteFile.open(files, 42, MEMBERS, 0)) {
        assertThat(votes.epoch()).isEqualTo(epoch - 1);
        votes.save(epoch, 3);
      }
    }
    assertThat(directory.resolve("vote.new")).doesNotExist();
  }
}
