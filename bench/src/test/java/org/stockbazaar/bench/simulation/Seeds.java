package org.stockbazaar.bench.simulation;

import java.util.PrimitiveIterator;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;

/** Runs many seeds, on several threads: runs know nothing of each other. */
final class Seeds {
  private final PrimitiveIterator.OfLong seeds;
  private final Tally tally = new Tally();

  private Seeds(LongStream seeds) {
    this.seeds = seeds.iterator();
  }

  static Tally run(LongStream seeds, int threads) throws InterruptedException {
    var runs = new Seeds(seeds);
    var done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      var thread = new Thread(() -> runs.work(done), "simulation-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    done.await();
    return runs.tally;
  }

  private void work(CountDownLatch done) {
    try {
      for (Long seed = next(); seed != null; seed = next()) {
        Simulation.Result result = Simulation.run(seed);
        synchronized (this) {
          tally.add(result);
        }
      }
    } finally {
      done.countDown();
    }
  }

  private synchronized Long next() {
    return seeds.hasNext() ? seeds.nextLong() : null;
  }
}
