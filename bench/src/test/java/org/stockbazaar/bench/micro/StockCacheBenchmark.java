package org.stockbazaar.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.stockbazaar.gateway.cache.StockCache;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Stock;

/** A stock that the gateway's cache has, under a lease that lives. */
public class StockCacheBenchmark extends MicroBenchmark {
  private static final int ENTRIES_MAX = 100_000;

  private final StockCache<Stock> cache = new StockCache<>(ENTRIES_MAX);
  private long place;

  @Setup
  public void fill() {
    cache.channelOpened();
    cache.renewed(cache.renewSent(0), 0);
    for (String name : Samples.names()) {
      cache.fill(cache.lookupSent(name, 0), Samples.stock(name), 0);
    }
  }

  @TearDown
  public void check() {
    Invariant.check(cache.misses() == 0, "the cache has them all", cache.misses());
  }

  @Benchmark
  public Stock hit() {
    return cache.get(Samples.name(place++), 1);
  }
}
