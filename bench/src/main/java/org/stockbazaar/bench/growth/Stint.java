package org.stockbazaar.bench.growth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is measured on one system before it ends.
 *
 * @param round from 1
 * @param values of the dimension, in this order
 */
record Stint(int round, Dimension dimension, List<Integer> values) {
  /**
   * Everything, in the order in which it is measured. The points of a round come in an order drawn
   * anew, so that none is favoured by what came before it; only orders can do nothing but grow.
   */
  static List<Stint> of(GrowthPlan plan) {
    List<Stint> stints = new ArrayList<>();
    var random = new Random(plan.seed());
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Dimension dimension : plan.values().keySet()) {
        List<Integer> values = new ArrayList<>(plan.values().get(dimension));
        if (dimension != Dimension.ORDERS) {
          Collections.shuffle(values, random);
        }
        if (dimension.sharesSystem()) {
          stints.add(new Stint(round, dimension, List.copyOf(values)));
        } else {
          for (int value : values) {
            stints.add(new Stint(round, dimension, List.of(value)));
          }
        }
      }
    }
    return List.copyOf(stints);
  }

  /** How many orders are placed before that value is measured. */
  int toPlace(int value) {
    int place = values.indexOf(value);
    return dimension != Dimension.ORDERS ? 0 : place == 0 ? value : value - values.get(place - 1);
  }

  int stocks() {
    return dimension == Dimension.STOCKS ? values.get(0) : GrowthPlan.STOCKS;
  }

  int replicas() {
    return dimension == Dimension.REPLICAS ? values.get(0) : GrowthPlan.REPLICAS;
  }

  int sessions(int value) {
    return dimension == Dimension.SESSIONS ? value : GrowthPlan.SESSIONS;
  }
}
