package org.stockbazaar.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Trades on a whole order group in one thread, from the leader's request to its answer: driver,
 * replication and trading of every replica. Sockets, frames and files are left out.
 */
@Fork(value = 2, jvmArgsAppend = "-Xmx256m") // Three nodes in one heap; no buffers.
public class OrderGroupBenchmark extends MicroBenchmark {
  @Param({"1", "3"})
  public int replicas;

  /** How many come in one turn. */
  @Param({"1", "64"})
  public int trades;

  /** How many trades have been before. */
  @Param("100000")
  public int keys;

  private OrderGroup group;
  private long asked;

  @Setup
  public void elect() {
    group = new OrderGroup(replicas);
    while (asked < keys) {
      turn();
    }
  }

  @TearDown
  public void check() {
    group.check(asked);
  }

  @Benchmark
  public long turn() {
    for (int i = 0; i < trades; i++) {
      asked++;
      group.ask(asked, Samples.trade(asked));
    }
    return group.run();
  }
}
