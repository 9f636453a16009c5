package org.stockbazaar.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every rule that is broken is found: what passes has been looked at by something that sees. */
class PlantedBugTest {
  private static final int SEEDS_MAX = 3_000;

  @BeforeAll
  static void hush() {
    Simulation.hush(true);
  }

  @AfterAll
  static void speakAgain() {
    Simulation.hush(false);
  }

  @ParameterizedTest
  @EnumSource(Bug.class)
  void isFound(Bug bug) throws Exception {
    var planted = new Planted(bug);
    String violation = null;
    long seed = bug.firstSeed - 1;
    while (violation == null && seed < bug.firstSeed + SEEDS_MAX) {
      seed++;
      violation = planted.violation(seed);
    }
    assertThat(violation).as("what seeds up to %d found of %s", seed, bug).isNotNull();
    assertThat(Simulation.violation(seed, bug.theme.name())).as("without the bug").isNull();
  }
}
