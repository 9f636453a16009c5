package org.stockbazaar.bench.experiment;

import java.util.Locale;

/**
 * A point of the experiment.
 *
 * @param percent probability of a trade after a lookup, 0 to 100
 */
public record Point(Cache cache, int percent) implements Case {
  @Override
  public String id() {
    return "cache-" + cache.word().toLowerCase(Locale.ROOT).replace(' ', '-') + "-p" + percent;
  }

  @Override
  public String words() {
    return "cache " + cache.word() + ", p " + percent + " %";
  }
}
