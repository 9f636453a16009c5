package org.stockbazaar.bench.load;

import java.nio.file.Path;

/**
 * What load to put on a target.
 *
 * @param lanes requests at a time, at most
 * @param rate requests a second over all lanes, 0 for as many as are answered (closed loop)
 * @param mix what is asked for
 * @param warmUpMillis before anything is measured
 * @param millis what is measured
 * @param seed decides which stocks and orders
 * @param watched directory whose disk is watched at a constant rate, null for none
 */
public record LoadPlan(
    int lanes, int rate, Mix mix, int warmUpMillis, int millis, long seed, Path watched) {

  boolean isOpenLoop() {
    return rate > 0;
  }

  /** The same at another rate. */
  public LoadPlan at(int otherRate) {
    return new LoadPlan(lanes, otherRate, mix, warmUpMillis, millis, seed, watched);
  }
}
