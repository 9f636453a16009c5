package org.stockbazaar.bench.experiment;

import java.util.Arrays;

/** When answers came and how long they took, in nanoseconds; in the order of their coming. */
final class Times {
  private static final int START = 256;

  private long[] ends = new long[START];
  private long[] latencies = new long[START];
  private int size;

  void add(long endNanos, long latencyNanos) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size + size / 2);
      latencies = Arrays.copyOf(latencies, size + size / 2);
    }
    ends[size] = endNanos;
    latencies[size] = latencyNanos;
    size++;
  }

  int size() {
    return size;
  }

  long end(int place) {
    return ends[place];
  }

  long latency(int place) {
    return latencies[place];
  }

  /** The longest time between two answers; 0 for fewer than two. */
  long longestGap() {
    return longestGap(Arrays.copyOf(ends, size));
  }

  /** The longest time between two answers of any of them. */
  static long longestGap(Iterable<Times> all) {
    int count = 0;
    for (Times times : all) {
      count += times.size;
    }
    long[] merged = new long[count];
    int at = 0;
    for (Times times : all) {
      System.arraycopy(times.ends, 0, merged, at, times.size);
      at += times.size;
    }
    Arrays.sort(merged);
    return longestGap(merged);
  }

  private static long longestGap(long[] sorted) {
    long longest = 0;
    for (int i = 1; i < sorted.length; i++) {
      longest = Math.max(longest, sorted[i] - sorted[i - 1]);
    }
    return longest;
  }
}
