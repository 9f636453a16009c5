package org.stockbazaar.bench.micro;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.stockbazaar.protocol.message.Entry;

/**
 * Appending to the order log's files, without fdatasync: what is left is a leader's own work, one
 * write, and zeros written ahead of it. Short iterations, each in a new file, since it grows fast.
 */
@Warmup(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class OrderLogBenchmark extends MicroBenchmark {
  private OrderLogFiles files;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    files = new OrderLogFiles();
    files.append(1);
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    files.delete();
  }

  /** How many entries share a write. */
  @State(Scope.Thread)
  public static class Batch {
    @Param({"1", "64"})
    public int entries;
  }

  @Benchmark
  public long append(Batch batch) {
    files.append(batch.entries);
    return files.log.syncedIndex();
  }

  /** What each of these entries took before it was appended: it is made, and sealed. */
  @Benchmark
  public Entry seal() {
    long index = files.log.lastIndex() + 1;
    return Samples.entry(
        index, files.log.lastChecksum(), files.log.nextNumber() + 1, Samples.name(index));
  }
}
