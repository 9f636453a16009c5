package org.stockbazaar.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B3")
class StintTest {
  private static final int ROUNDS = 4;

  private static GrowthPlan plan(Map<Dimension, List<Integer>> values) {
    return new GrowthPlan(values, 1000, 100, ROUNDS, 7);
  }

  private static List<Stint> all() {
    return Stint.of(
        plan(
            Map.of(
                Dimension.SESSIONS, List.of(1, 4, 16, 64, 256, 1024),
                Dimension.STOCKS, List.of(10, 1000, 100_000),
                Dimension.ORDERS, List.of(0, 1000, 1_000_000),
                Dimension.REPLICAS, List.of(1, 3, 5))));
  }

  private static List<Stint> of(Dimension dimension, int round) {
    return all().stream()
        .filter(stint -> stint.dimension() == dimension && stint.round() == round)
        .toList();
  }

  @Test
  void everyValueIsMeasuredOnceInEachRound() {
    for (int round = 1; round <= ROUNDS; round++) {
      for (Dimension dimension : Dimension.values()) {
        List<Integer> values = new ArrayList<>();
        of(dimension, round).forEach(stint -> values.addAll(stint.values()));
        int points = dimension == Dimension.SESSIONS ? 6 : 3;
        assertThat(values).as(dimension.word()).hasSize(points).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void onlySessionsAndOrdersShareASystem() {
    assertThat(of(Dimension.SESSIONS, 1)).hasSize(1);
    assertThat(of(Dimension.ORDERS, 1)).hasSize(1);
    assertThat(of(Dimension.STOCKS, 1)).hasSize(3);
    assertThat(of(Dimension.REPLICAS, 1)).hasSize(3);
  }

  @Test
  void theOrderOfPointsIsDrawnAnewForEachRound() {
    List<List<Integer>> orders = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      orders.add(of(Dimension.SESSIONS, round).get(0).values());
    }
    assertThat(orders).doesNotHaveDuplicates();
    assertThat(all()).as("the seed decides").isEqualTo(all());
  }

  @Test
  void ordersOnlyGrowAndWhatIsMissingIsPlaced() {
    for (int round = 1; round <= ROUNDS; round++) {
      Stint stint = of(Dimension.ORDERS, round).get(0);
      assertThat(stint.values()).containsExactly(0, 1000, 1_000_000);
      assertThat(stint.values().stream().map(stint::toPlace)).containsExactly(0, 1000, 999_000);
    }
    assertThat(of(Dimension.SESSIONS, 1).get(0).toPlace(64)).isZero();
  }

  @Test
  void whatDoesNotGrowIsTheSameEverywhere() {
    for (Stint stint : all()) {
      for (int value : stint.values()) {
        var expected = new int[] {GrowthPlan.SESSIONS, GrowthPlan.STOCKS, GrowthPlan.REPLICAS};
        switch (stint.dimension()) {
          case SESSIONS -> expected[0] = value;
          case STOCKS -> expected[1] = value;
          case REPLICAS -> expected[2] = value;
          case ORDERS -> {}
        }
        assertThat(new int[] {stint.sessions(value), stint.stocks(), stint.replicas()})
            .as("%s", stint)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void valuesAreDifferentAndAscendingAndDimensionsCanBeLeftOut() {
    GrowthPlan plan = plan(Map.of(Dimension.ORDERS, List.of(500, 0, 500)));
    assertThat(plan.values()).containsExactly(Map.entry(Dimension.ORDERS, List.of(0, 500)));
    assertThat(Stint.of(plan)).hasSize(ROUNDS);
  }
}
