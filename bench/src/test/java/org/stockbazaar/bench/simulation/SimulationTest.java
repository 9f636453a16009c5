package org.stockbazaar.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The whole system through faults of all kinds, by seeds. */
class SimulationTest {
  private static final String SEED = "simulation.seed";
  private static final String SEEDS = "simulation.seeds";
  private static final long FIXED = 500;
  private static final long WITH_COMMIT = 100;
  private static final int THREADS = 2;

  @BeforeAll
  static void hush() {
    Simulation.hush(true);
  }

  @AfterAll
  static void speakAgain() {
    Simulation.hush(false);
  }

  @Test
  @Tag("K2")
  @Tag("K3")
  @Tag("G8")
  @Tag("G9")
  @Tag("C3")
  @Tag("C4")
  @Tag("R3")
  @Tag("R4")
  @Tag("R5")
  @Tag("R6")
  @Tag("R7")
  @Tag("O2")
  void noFaultBreaksAPromise() throws InterruptedException {
    check(LongStream.rangeClosed(1, FIXED));
  }

  /** Other seeds with each commit, so that they do not always pass the same way. */
  @Test
  void noFaultBreaksAPromiseByTheSeedsOfThisCommit() throws IOException, InterruptedException {
    var chance = new SplittableRandom(commit().hashCode());
    check(LongStream.generate(() -> chance.nextLong(1L << 32)).limit(WITH_COMMIT));
  }

  private static void check(LongStream seeds) throws InterruptedException {
    Tally tally = Seeds.run(seeds, THREADS);
    if (tally.violations() > 0) {
      throw new AssertionError(tally.toString());
    }
  }

  /** The commit that is tested; of sources without their history none, and always the same. */
  private static String commit() throws IOException, InterruptedException {
    try {
      Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
      git.getOutputStream().close();
      String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return git.waitFor() == 0 ? commit.strip() : "";
    } catch (IOException noGit) {
      return "";
    }
  }

  @Test
  void gatewaysThatReachOtherReplicasEachDoNotMakeLeadersFight() {
    for (long seed = 1; seed <= 50; seed++) {
      Simulation.Result result = Simulation.run(seed, Swarm.Theme.CROSS_PURPOSES);
      result.check();
      assertThat(result.epochs()).as("epochs with a leader, seed %d", seed).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void aSeedDecidesEverything() {
    for (long seed = 1; seed <= 5; seed++) {
      Simulation.Result once = Simulation.run(seed);
      Simulation.Result again = Simulation.run(seed);
      assertThat(again.trace()).isEqualTo(once.trace());
      assertThat(again.happened()).isEqualTo(once.happened());
    }
  }

  @Test
  void anotherSeedIsAnotherRun() {
    assertThat(Simulation.run(1).trace()).isNotEqualTo(Simulation.run(2).trace());
  }

  @Test
  @EnabledIfSystemProperty(named = SEED, matches = "\\d+")
  void replays() {
    Simulation.run(Long.getLong(SEED)).check();
  }

  /** As many seeds as one likes, from the first one on, and what they were. */
  @Test
  @EnabledIfSystemProperty(named = SEEDS, matches = "\\d+")
  void runsMany() throws InterruptedException {
    Tally tally = Seeds.run(LongStream.rangeClosed(1, Long.getLong(SEEDS)), THREADS);
    System.out.println(tally);
    assertThat(tally.violations()).isZero();
  }
}
