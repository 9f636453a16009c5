package org.stockbazaar.bench.load;

import java.util.SplittableRandom;
import org.stockbazaar.bench.session.RequestKind;

/** Decides what is asked for next. For one thread. */
final class Choice {
  private final Mix mix;
  private final RequestKind only;
  private final SplittableRandom random;
  private boolean sell;

  Choice(Mix mix, long seed) {
    this.mix = mix;
    only = mix.weights().size() == 1 ? mix.weights().keySet().iterator().next() : null;
    random = new SplittableRandom(seed);
  }

  boolean asksFor(RequestKind kind) {
    return mix.weights().containsKey(kind);
  }

  RequestKind kind() {
    return only == null ? mix.draw(random) : only;
  }

  /** One of so many. */
  int among(int count) {
    return random.nextInt(count);
  }

  long among(long count) {
    return random.nextLong(count);
  }

  /** Buys and sells take turns, so that stocks do not sell out. */
  boolean sells() {
    sell = !sell;
    return sell;
  }

  /** The upper half of the keys of a run: no two runs share it. */
  long keys() {
    return random.nextLong() ^ System.nanoTime();
  }
}
