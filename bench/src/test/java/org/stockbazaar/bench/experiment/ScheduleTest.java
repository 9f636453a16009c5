package org.stockbazaar.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.config.HostPort;

@Tag("B2")
class ScheduleTest {
  private static BenchPlan plan(HostPort gateway, int repeat, int replicas) {
    List<Integer> percents = List.of(0, 20, 40, 60, 80);
    return new BenchPlan(gateway, 5, 100, percents, repeat, 0, 10, replicas, "disk", 7, 10_000);
  }

  private static List<Integer> percents(Stint stint) {
    return stint.cases().stream().map(what -> ((Point) what).percent()).toList();
  }

  @Test
  void everyRoundMeasuresEachPointOnceInTheSameOrderWithAndWithoutCache() {
    List<Stint> stints = Schedule.of(plan(null, 4, 3)).subList(0, 8);
    for (int i = 0; i < stints.size(); i += 2) {
      assertThat(percents(stints.get(i))).containsExactlyInAnyOrder(0, 20, 40, 60, 80);
      assertThat(percents(stints.get(i + 1))).isEqualTo(percents(stints.get(i)));
    }
    assertThat(stints.stream().map(ScheduleTest::percents).distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void theCacheIsOnFirstInOneRoundAndOffFirstInTheNext() {
    assertThat(Schedule.of(plan(null, 2, 1)))
        .extracting(Stint::cache)
        .containsExactly(Cache.ON, Cache.OFF, Cache.OFF, Cache.ON);
  }

  @Test
  void eachRoundOfFailoversBeginsWithAnotherOne() {
    List<Stint> stints = Schedule.of(plan(null, 3, 3));
    assertThat(stints.subList(6, 9))
        .extracting(stint -> stint.cases().get(0))
        .doesNotHaveDuplicates();
  }

  @Test
  void somebodyElsesGatewayKeepsItsCacheAndItsReplicas() {
    List<Stint> stints = Schedule.of(plan(new HostPort("gateway", 8080), 2, 3));
    assertThat(stints).extracting(Stint::cache).containsExactly(Cache.AS_IS, Cache.AS_IS);
    assertThat(stints).allMatch(stint -> stint.cases().stream().allMatch(Point.class::isInstance));
  }
}
