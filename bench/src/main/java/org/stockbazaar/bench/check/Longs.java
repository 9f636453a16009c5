package org.stockbazaar.bench.check;

import java.util.Arrays;

/** Longs one after the other, without an object each. */
final class Longs {
  private long[] values = new long[64];
  private int size;

  int size() {
    return size;
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + size / 2);
    }
    values[size++] = value;
  }

  long get(int at) {
    return values[at];
  }

  void set(int at, long value) {
    values[at] = value;
  }

  /** Where {@code value} is, among values that grow; negative when it is not there. */
  int find(long value) {
    return Arrays.binarySearch(values, 0, size, value);
  }

  /** Indexes of the values, the smallest value first. */
  int[] sorted() {
    var order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(values[a], values[b]));
    var result = new int[size];
    Arrays.setAll(result, i -> order[i]);
    return result;
  }
}
