package org.stockbazaar.order.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.order.log.OrderLog.Rule;
import org.stockbazaar.protocol.message.Entry;

/**
 * Recovery under crashes and under damage, by seed. Each fuzzer also runs against a log with one
 * rule taken out, and has to notice.
 */
@Tag("O4")
class RecoveryFuzzTest {
  private static final LogOptions SMALL = new LogOptions(100 * 128, 32 * 128, true);
  private static final Set<Rule> ALL = EnumSet.allOf(Rule.class);
  private static final int SEEDS = 300;

  /** Says what is wrong after the run of a seed, null when nothing is. */
  private interface Fuzzer {
    String run(long seed);
  }

  private static void passes(Fuzzer fuzzer) {
    for (long seed = 0; seed < SEEDS; seed++) {
      assertThat(fuzzer.run(seed)).as("seed %d", seed).isNull();
    }
  }

  private static void notices(Fuzzer fuzzer) {
    for (long seed = 0; seed < SEEDS; seed++) {
      if (fuzzer.run(seed) != null) {
        return;
      }
    }
    assertThat(SEEDS).as("seeds that did not notice the planted bug").isZero();
  }

  @Test
  @Tag("O3")
  void noCrashLosesWhatWasSyncedOrBringsBackWhatWasDropped() {
    passes(seed -> new Crashes(seed, SMALL, ALL).run());
  }

  @Test
  @Tag("O3")
  void theCrashesNoticeALogThatDoesNotForce() {
    notices(seed -> new Crashes(seed, SMALL.withoutForce(), ALL).run());
  }

  @Test
  void theCrashesNoticeALogThatDoesNotVerify() {
    notices(seed -> new Crashes(seed, SMALL, without(Rule.VERIFY_CHECKSUMS)).run());
  }

  @Test
  void theCrashesNoticeATruncationThatLeavesTheMarks() {
    notices(seed -> new Crashes(seed, SMALL, without(Rule.CLEAR_MARKS_BEFORE_TRUNCATING)).run());
  }

  @Test
  void damageIsRefusedOrCutAndNeverServed() {
    passes(seed -> damage(seed, ALL));
  }

  @Test
  void theDamageNoticesALogThatDoesNotVerify() {
    notices(seed -> damage(seed, without(Rule.VERIFY_CHECKSUMS)));
  }

  @Test
  void theDamageNoticesALogThatIgnoresTheMarks() {
    notices(seed -> damage(seed, without(Rule.HONOUR_MARKS)));
  }

  private static Set<Rule> without(Rule rule) {
    return EnumSet.complementOf(EnumSet.of(rule));
  }

  /** Appends, syncs, truncates; at some sync or write the power fails; several lives long. */
  private static final class Crashes {
    private final Random random;
    private final MemoryStorage storage = new MemoryStorage();
    private final LogOptions options;
    private final Set<Rule> rules;
    private final Entries entries;

    /** What the log may have, and how much of it it must. */
    private List<Entry> written = new ArrayList<>();

    private int promised;

    Crashes(long seed, LogOptions options, Set<Rule> rules) {
      this.random = new Random(seed);
      this.entries = new Entries(seed);
      this.options = options;
      this.rules = rules;
    }

    String run() {
      for (int life = 0; life < 4; life++) {
        try {
          live();
        } catch (StorageException e) {
          if (!e.getMessage().contains("planned failure")) {
            return e.getMessage();
          }
        }
        storage.crash(random);
        String problem = compare();
        if (problem != null) {
          return problem;
        }
      }
      return null;
    }

    private void live() {
      var log = OrderLog.open(storage, options, rules);
      storage.failedForceLoses = random.nextBoolean();
      storage.forcesLeft = random.nextInt(30);
      storage.writesLeft = random.nextInt(200);
      while (true) {
        if (random.nextInt(6) == 0 && log.lastIndex() > 0) {
          int kept = (int) log.lastIndex() - random.nextInt((int) Math.min(150, log.lastIndex()));
          promised = Math.min(promised, kept);
          log.truncate(kept);
          written = new ArrayList<>(written.subList(0, kept));
          promised = kept;
        } else {
          int count = 1 + random.nextInt(60);
          for (int i = 0; i < count; i++) {
            Entry entry = entries.next(log);
            written.add(entry);
            log.append(entry);
          }
          log.sync();
          promised = written.size();
        }
      }
    }

    private String compare() {
      OrderLog log;
      try {
        log = OrderLog.open(storage, options, rules);
      } catch (StorageException e) {
        return "a crash looks like " + e.getMessage();
      }
      List<Entry> found;
      try {
        found = log.read(1, 1 << 20);
      } catch (StorageException e) {
        return "opened, but " + e.getMessage();
      }
      if (found.size() < promised) {
        return found.size() + " entries left of " + promised + " that were synced";
      }
      if (found.size() > written.size() || !found.equals(written.subList(0, found.size()))) {
        return "not what was written";
      }
      written = new ArrayList<>(found);
      promised = found.size();
      return null;
    }
  }

  /** Garbles a real log, in one place, and compares with what must follow. */
  private static String damage(long seed, Set<Rule> rules) {
    var random = new Random(seed);
    var storage = new MemoryStorage();
    var log = OrderLog.open(storage, SMALL);
    var entries = new Entries(seed);
    var voucherOf = new ArrayList<Long>();
    for (int i = 0; i < 12; i++) {
      int count = 1 + random.nextInt(30);
      for (int j = 0; j < count; j++) {
        voucherOf.add(log.syncedIndex());
      }
      entries.append(log, count);
      log.sync();
    }
    List<Entry> all = log.read(1, 1 << 20);
    long changed = garble(storage, random, all.size());
    try {
      List<Entry> found = OrderLog.open(storage, SMALL, rules).read(1, 1 << 20);
      if (!found.equals(all.subList(0, Math.min(all.size(), found.size())))) {
        return "served what was never written";
      }
      if (changed > 0 && found.size() >= changed) {
        return "read more than there is";
      }
      boolean vouched = changed > 0 && voucherOf.get(voucherOf.size() - 1) >= changed;
      return vouched ? "cut index " + changed + ", which had been on the disk" : null;
    } catch (StorageException e) {
      return e.getMessage().contains("index " + changed + ", at offset")
          ? null
          : e.getMessage() + "; changed " + changed;
    }
  }

  /** Returns the first index whose entry has changed, 0 when none has. */
  private static long garble(MemoryStorage storage, Random random, int size) {
    int index = 1 + random.nextInt(size);
    String name = RecordFormat.segmentName((index - 1) / 100 * 100 + 1);
    byte[] bytes = storage.bytes(name);
    byte[] before = bytes.clone();
    int at = (index - 1) % 100 * 128 + random.nextInt(128);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(512)), (byte) 0);
      case 3 -> Arrays.fill(bytes, at / 512 * 512, (at / 512 + 1) * 512, (byte) random.nextInt());
      default -> {
        int from = random.nextInt(bytes.length / 512) * 512;
        System.arraycopy(bytes, from, bytes, at / 512 * 512, 512);
      }
    }
    long first = RecordFormat.firstIndex(name);
    for (int i = 0; i < bytes.length / 128 && first + i <= size; i++) {
      if (!Arrays.equals(bytes, i * 128, i * 128 + 120, before, i * 128, i * 128 + 120)) {
        return first + i;
      }
    }
    return 0;
  }
}
