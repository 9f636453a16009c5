package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.session.RequestKind;

class StaircaseTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Fast below {@code knee} requests a second, slow from there on; answers all of them. */
  private static LoadResult server(int rate, int knee) {
    var latencies = new Latencies();
    int asked = rate == 0 ? 10_000 : rate;
    long nanos = asked < knee ? 100_000 : 5_000_000;
    for (int i = 0; i < asked; i++) {
      latencies.answered(RequestKind.LOOKUP, 200, 0, 0, nanos);
    }
    return new LoadResult(latencies, SECOND, SECOND / 2, List.of());
  }

  private static int highest(int knee) {
    List<Staircase.Step> steps = new Staircase(1_000_000, rate -> server(rate, knee)).climb();
    return Staircase.highest(steps);
  }

  @Test
  @Tag("B3")
  void findsTheHighestRateThatKeepsTheBound() {
    assertThat(highest(7_300)).isBetween(7_100, 7_299);
    assertThat(highest(100_000)).as("all that a closed loop got").isBetween(9_800, 10_000);
    assertThat(highest(1)).as("none").isZero();
  }

  @Test
  @Tag("B3")
  void whatHappensOnceIsNotTheRates() {
    var tried = new HashSet<Integer>();
    List<Staircase.Step> steps =
        new Staircase(1_000_000, rate -> server(rate, tried.add(rate) ? 1 : 7_300)).climb();
    assertThat(Staircase.highest(steps)).isBetween(7_100, 7_299);
  }

  @Test
  @Tag("B3")
  void aRateThatIsNotAnsweredInTimeIsNotKept() {
    List<Staircase.Step> steps =
        new Staircase(1_000_000, rate -> server(Math.min(rate, 4_000), 10_001)).climb();
    assertThat(Staircase.highest(steps)).isBetween(3_900, 4_050);
  }
}
