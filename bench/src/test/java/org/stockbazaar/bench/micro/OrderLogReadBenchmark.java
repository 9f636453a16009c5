package org.stockbazaar.bench.micro;

import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.stockbazaar.protocol.message.Entry;

/** Reading 64 entries for who is behind: the newest ones, and ones that are only in the file. */
public class OrderLogReadBenchmark extends MicroBenchmark {
  private static final int ENTRIES = 1 << 15;
  private static final int OLD_ENTRIES = 1 << 14;
  private static final int BATCH = 64;

  private OrderLogFiles files;
  private long from = 1;

  @Setup
  public void fill() throws IOException {
    files = new OrderLogFiles();
    while (files.log.lastIndex() < ENTRIES) {
      files.append(BATCH);
    }
  }

  @TearDown
  public void close() throws IOException {
    files.delete();
  }

  @Benchmark
  public List<Entry> newest() {
    return files.log.read(ENTRIES - BATCH + 1, BATCH);
  }

  @Benchmark
  public List<Entry> old() {
    from = from > OLD_ENTRIES ? 1 : from + BATCH;
    return files.log.read(from, BATCH);
  }
}
