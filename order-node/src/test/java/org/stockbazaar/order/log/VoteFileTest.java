package org.stockbazaar.order.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes survive everything but damage, and who is damaged does not vote. */
class VoteFileTest {
  private static final List<Integer> MEMBERS = List.of(1, 2, 3);

  private final MemoryStorage storage = new MemoryStorage();

  private VoteFile open() {
    return VoteFile.open(storage, 42, MEMBERS, 0);
  }

  /** A voter's file. */
  private VoteFile voter() {
    var votes = open();
    if (!votes.isVoter()) {
      votes.enroll();
    }
    return votes;
  }

  @Test
  @Tag("R8")
  void withoutAFileItsReplicaIsALearnerUntilEnrolled() {
    var votes = open();
    assertThat(votes.isVoter()).isFalse();
    votes.save(4, 2);
    assertThat(votes.epoch()).isEqualTo(4);
    storage.crash(new Random(1));
    assertThat(open().epoch()).isZero();
    votes = open();
    votes.save(5, 3);
    votes.enroll();
    storage.crash(new Random(1));
    assertThat(open().isVoter()).isTrue();
    assertThat(open().epoch()).isEqualTo(5);
    assertThat(open().votedFor()).isEqualTo(3);
  }

  @Test
  @Tag("R8")
  void whoIsRetiredIsALearnerThatKnowsTheLogsEpoch() {
    voter().save(7, 2);
    VoteFile.retire(storage);
    storage.crash(new Random(1));
    var votes = VoteFile.open(storage, 42, MEMBERS, 6);
    assertThat(votes.isVoter()).isFalse();
    assertThat(votes.epoch()).isEqualTo(6);
  }

  @Test
  @Tag("R3")
  void aVoteSurvivesACrashRightAfterItWasSaved() {
    var random = new Random(5);
    for (int epoch = 1; epoch <= 200; epoch++) {
      voter().save(epoch, epoch % 3 + 1);
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
      var votes = voter();
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
  void twoCrashesWhileSavingLeaveWhatWasReadInBetween() {
    storage.failedForceLoses = false;
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var votes = voter();
      for (int crash = 0; crash < 2; crash++) {
        long read = votes.epoch();
        storage.forcesLeft = random.nextInt(3);
        try {
          votes.save(read + 1, 1 + random.nextInt(3));
        } catch (StorageException e) {
          assertThat(e).hasMessageContaining("planned failure");
        }
        storage.forcesLeft = Integer.MAX_VALUE;
        storage.crash(random);
        votes = open();
        assertThat(votes.epoch()).as("seed %d", seed).isBetween(read, read + 1);
      }
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
          VoteFile.open(fresh, 42, MEMBERS, 0).enroll();
        } catch (StorageException e) {
          assertThat(e).hasMessageContaining("planned failure");
        }
        fresh.crash(new Random(seed));
        assertThat(VoteFile.open(fresh, 42, MEMBERS, 0).epoch()).isZero();
      }
    }
  }

  @Test
  @Tag("R8")
  void whatACrashWhileEnrollingLeftIsNotTakenForALaterVote() {
    var crashed = open();
    for (int epoch = 1; epoch <= 5; epoch++) {
      crashed.save(epoch, 1);
    }
    // The file has its slot, but not yet its name.
    storage.forcesLeft = 0;
    assertThatThrownBy(crashed::enroll).isInstanceOf(StorageException.class);
    storage.forcesLeft = Integer.MAX_VALUE;

    var votes = open();
    votes.save(7, 1);
    votes.save(7, 3);
    votes.enroll();
    assertThat(open().epoch()).isEqualTo(7);
    votes.save(8, 2);
    assertThat(open().epoch()).isEqualTo(8);
    assertThat(open().votedFor()).isEqualTo(2);
  }

  @Test
  void oneDamagedSlotLeavesTheOtherAndBothAreRefused() {
    var votes = voter();
    votes.save(7, 1);
    votes.save(8, 2);
    storage.bytes(VoteFile.NAME)[30] ^= 4;
    assertThat(open().epoch()).isEqualTo(8);
    storage.bytes(VoteFile.NAME)[VoteFile.SLOT_DISTANCE + 30] ^= 4;
    assertThat(open().epoch()).as("the first slot was mended").isEqualTo(8);
    storage.bytes(VoteFile.NAME)[30] ^= 4;
    storage.bytes(VoteFile.NAME)[VoteFile.SLOT_DISTANCE + 30] ^= 4;
    assertThatThrownBy(this::open)
        .isInstanceOf(LostException.class)
        .hasMessageContaining("memory/vote is damaged");
    storage.put(VoteFile.NAME, new byte[0]);
    assertThatThrownBy(this::open).hasMessageContaining("damaged");
  }

  @Test
  @Tag("R3")
  void oneDamagedSlotHidesNoVote() {
    for (int slot = 0; slot < 2; slot++) {
      var votes = voter();
      long epoch = votes.epoch() + 1;
      votes.save(epoch, 2);
      storage.bytes(VoteFile.NAME)[slot * VoteFile.SLOT_DISTANCE + 30] ^= 4;
      assertThat(open().epoch()).isEqualTo(epoch);
      assertThat(open().votedFor()).isEqualTo(2);
    }
  }

  @Test
  void anotherClusterOrGroupIsRefused() {
    voter().save(3, 1);
    assertThatThrownBy(() -> VoteFile.open(storage, 43, MEMBERS, 0))
        .hasMessageContaining("belongs to cluster 000000000000002a");
    assertThatThrownBy(() -> VoteFile.open(storage, 42, List.of(1), 0))
        .hasMessageContaining("[1, 2, 3]")
        .hasMessageContaining("names [1]");
  }

  @Test
  @Tag("R3")
  void aFileThatIsOlderThanTheLogIsRefused() {
    voter().save(3, 1);
    assertThat(VoteFile.open(storage, 42, MEMBERS, 3).epoch()).isEqualTo(3);
    assertThatThrownBy(() -> VoteFile.open(storage, 42, MEMBERS, 4))
        .isInstanceOf(LostException.class)
        .hasMessageContaining("knows of epoch 3 and the order log of 4");
  }

  @Test
  void worksOnARealDisk(@TempDir Path directory) {
    var files = FileStorage.of(directory);
    for (int epoch = 1; epoch < 5; epoch++) {
      try (var votes = VoteFile.open(files, 42, MEMBERS, 0)) {
        assertThat(votes.epoch()).isEqualTo(epoch - 1);
        votes.save(epoch, 3);
        if (epoch == 1) {
          votes.enroll();
        }
      }
    }
    assertThat(directory.resolve("vote.new")).doesNotExist();
  }
}
