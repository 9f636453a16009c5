package org.stockbazaar.bench.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.stockbazaar.bench.session.RequestKind;

/**
 * What is asked for, written {@code lookup}, or {@code lookup=80,trade=15,order=5}.
 *
 * @param weights by kind, those that are asked for, each at least 1
 */
public record Mix(Map<RequestKind, Integer> weights) {
  private static final int WEIGHT_MAX = 1_000_000;

  public Mix {
    weights = Map.copyOf(weights);
  }

  /** Reads the mix; {@link IllegalArgumentException} says what is wrong with it. */
  public static Mix parse(String text) {
    var weights = new EnumMap<RequestKind, Integer>(RequestKind.class);
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      RequestKind kind = kind(equals < 0 ? part : part.substring(0, equals));
      int weight = equals < 0 ? 1 : weight(part.substring(equals + 1));
      if (weights.put(kind, weight) != null) {
        throw new IllegalArgumentException("'" + text + "' names " + part + " twice");
      }
    }
    return new Mix(weights);
  }

  private static RequestKind kind(String word) {
    return switch (word) {
      case "lookup" -> RequestKind.LOOKUP;
      case "trade" -> RequestKind.TRADE;
      case "order" -> RequestKind.ORDER_LOOKUP;
      default ->
          throw new IllegalArgumentException(
              "'" + word + "' is none of lookup, trade, order; write lookup=80,trade=20");
    };
  }

  private static int weight(String text) {
    try {
      int weight = Integer.parseInt(text);
      if (weight >= 1 && weight <= WEIGHT_MAX) {
        return weight;
      }
    } catch (NumberFormatException e) {
      // Told below, with the values that a weight may have.
    }
    throw new IllegalArgumentException("'" + text + "' is no weight, 1 to " + WEIGHT_MAX);
  }

  /** One of the kinds, each as often as its weight says. */
  RequestKind draw(SplittableRandom random) {
    int total = 0;
    for (int weight : weights.values()) {
      total += weight;
    }
    int left = random.nextInt(total);
    for (RequestKind kind : RequestKind.values()) {
      left -= weights.getOrDefault(kind, 0);
      if (left < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("weights sum up to " + total);
  }
}
