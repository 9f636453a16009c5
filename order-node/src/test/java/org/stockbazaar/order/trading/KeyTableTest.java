package org.stockbazaar.order.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.protocol.invariant.InvariantError;
import org.stockbazaar.protocol.message.Key;

/** The table against a model: a list that is the log, and a map made from its newest trades. */
@Tag("G8")
class KeyTableTest {
  private static final int WINDOW = 100;

  /** Element i is the key at index i + 1. */
  private final List<Key> log = new ArrayList<>();

  private final KeyTable table = new KeyTable(this::keyAt, WINDOW, 4, 128);

  private Key keyAt(long index) {
    return log.get((int) index - 1);
  }

  private void append(Key key) {
    log.add(key);
    if (!key.equals(Key.NONE)) {
      table.put(key, log.size());
    }
  }

  private void truncate(int lastKept) {
    log.subList(lastKept, log.size()).clear();
    table.truncated(lastKept);
  }

  private Map<Key, Long> model() {
    var newest = new LinkedHashMap<Key, Long>();
    int trades = 0;
    for (int index = log.size(); index >= 1 && trades < WINDOW; index--) {
      if (!keyAt(index).equals(Key.NONE)) {
        newest.put(keyAt(index), (long) index);
        trades++;
      }
    }
    return newest;
  }

  private void check(int keys) {
    Map<Key, Long> model = model();
    for (int i = 0; i < keys; i++) {
      Key key = key(i);
      assertThat(table.find(key)).as("%s", key).isEqualTo(model.getOrDefault(key, 0L));
    }
  }

  /** Few different hashes' low bits, so that probes run into each other. */
  private static Key key(int i) {
    return new Key(i / 7, i + 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsExactlyTheKeysOfTheNewestTrades(long seed) {
    var random = new Random(seed);
    int keys = seed % 2 == 0 ? 60 : 3000;
    for (int step = 0; step < 1500; step++) {
      int dice = random.nextInt(100);
      if (dice < 85) {
        append(key(random.nextInt(keys)));
      } else if (dice < 95) {
        append(Key.NONE);
      } else {
        int dropped = random.nextInt(dice == 99 ? log.size() + 1 : Math.min(log.size(), 20) + 1);
        truncate(log.size() - dropped);
      }
      if (step % 50 == 0) {
        check(keys);
      }
    }
    check(keys);
  }

  @Test
  void aTradeOutsideTheWindowIsForgottenAndComesBackWhenNewerOnesAreDropped() {
    for (int i = 0; i < WINDOW; i++) {
      append(key(i));
    }
    assertThat(table.find(key(0))).isEqualTo(1);
    append(Key.NONE);
    assertThat(table.find(key(0))).isEqualTo(1);
    append(key(WINDOW));
    assertThat(table.find(key(0))).isZero();
    assertThat(table.find(key(1))).isEqualTo(2);
    truncate(WINDOW);
    assertThat(table.find(key(0))).isEqualTo(1);
    assertThat(table.find(key(WINDOW))).isZero();
  }

  @Test
  void aTableFilledFromTheMiddleOfTheLogFindsTheSame() {
    for (int i = 0; i < 500; i++) {
      append(i % 9 == 0 ? Key.NONE : key(i));
    }
    var restarted = new KeyTable(this::keyAt, WINDOW, 4, 128);
    for (int index = 500 - 127 - 16; index <= 500; index++) {
      if (!keyAt(index).equals(Key.NONE)) {
        restarted.put(keyAt(index), index);
      }
    }
    assertThat(restarted.size()).isEqualTo(128);
    log.subList(450, 500).clear();
    restarted.truncated(450);
    table.truncated(450);
    for (int i = 0; i < 500; i++) {
      assertThat(restarted.find(key(i))).isEqualTo(table.find(key(i)));
    }
  }

  @Test
  void indexesBeyondThirtyTwoBitsAreKept() {
    long base = 5L << 32;
    var far = new KeyTable(index -> key((int) (index - base)), WINDOW, 4, 128);
    for (int i = 0; i < 300; i++) {
      far.put(key(i), base + i);
    }
    assertThat(far.find(key(299))).isEqualTo(base + 299);
    assertThat(far.find(key(200))).isEqualTo(base + 200);
    assertThat(far.find(key(199))).isZero();
  }

  @Test
  void aTradeThatIsNotBehindAllOthersIsAnError() {
    append(key(1));
    assertThatThrownBy(() -> table.put(key(2), 1)).isInstanceOf(InvariantError.class);
  }

  @Test
  void theFullTableRemembersAMillionTrades() {
    var full = new KeyTable(index -> key((int) index));
    for (int i = 1; i <= 1_100_000; i++) {
      full.put(key(i), i);
    }
    assertThat(full.find(key(1_100_000))).isEqualTo(1_100_000);
    assertThat(full.find(key(100_001))).isEqualTo(100_001);
    assertThat(full.find(key(100_000))).isZero();
  }
}
