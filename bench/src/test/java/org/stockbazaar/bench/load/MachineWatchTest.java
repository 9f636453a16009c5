package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MachineWatchTest {
  @Test
  @Tag("B3")
  void tellsOfASyncOnlyWhenADiskIsWatched() {
    assertThat(new MachineWatch.Reading(1_500_000, 2_000_000, 0.5).describe())
        .isEqualTo("processors 1.5 ms late, 50 % busy, a sync 2.0 ms");
    assertThat(new MachineWatch.Reading(1_500_000, 0, 0.5).describe())
        .isEqualTo("processors 1.5 ms late, 50 % busy");
  }
}
