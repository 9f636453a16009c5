package org.stockbazaar.bench.chaos;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong; of too much of it only the first lines. */
final class Evidence {
  private static final int KEPT = 5;

  private final List<String> lines = new ArrayList<>();
  private long count;

  void add(String line) {
    count++;
    if (lines.size() < KEPT) {
      lines.add(line);
    }
  }

  boolean wantsMore() {
    return lines.size() < KEPT;
  }

  Finding finding(String check, long examined) {
    List<String> all = new ArrayList<>(lines);
    if (count > lines.size()) {
      all.add("and " + (count - lines.size()) + " more");
    }
    return new Finding(check, examined, all);
  }
}
