package org.stockbazaar.order.trading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Answers that wait: first for the release of what they were judged on, then for their confirmation
 * round. Each leaves once. Oldest first for giving up.
 */
final class Waiting {
  private final Consumer<Pending> leave;

  /** Nearly all: trades wait in the order of their indexes. */
  private final Deque<Pending> inOrder = new ArrayDeque<>();

  /** Those whose index came behind a higher one, or is passed over by a release. */
  private final NavigableMap<Long, List<Pending>> byIndex = new TreeMap<>();

  private final NavigableMap<Long, List<Pending>> byRound = new TreeMap<>();
  private final Deque<Pending> byAge = new ArrayDeque<>();
  private long roundOver;
  private int count;

  /** Answers that may leave go to {@code leave}. */
  Waiting(Consumer<Pending> leave) {
    this.leave = leave;
  }

  int count() {
    return count;
  }

  /** Lets the answer leave now when it may, else keeps it. */
  void add(Pending pending, Release release) {
    count++;
    byAge.addLast(pending);
    if (release.isReleased(pending.index)) {
      awaitRound(pending);
    } else if (inOrder.isEmpty() || inOrder.peekLast().index <= pending.index) {
      inOrder.addLast(pending);
    } else {
      passOver(pending);
    }
  }

  private void awaitRound(Pending pending) {
    if (pending.round <= roundOver) {
      end(pending);
    } else {
      byRound.computeIfAbsent(pending.round, r -> new ArrayList<>()).add(pending);
    }
  }

  private void end(Pending pending) {
    if (!pending.done) {
      pending.done = true;
      count--;
      leave.accept(pending);
    }
    while (!byAge.isEmpty() && byAge.peekFirst().done) {
      byAge.removeFirst();
    }
  }

  /** More may be released than before. */
  void released(Release release) {
    long ceiling = release.ceiling();
    while (!inOrder.isEmpty() && inOrder.peekFirst().index <= ceiling) {
      Pending pending = inOrder.removeFirst();
      if (release.isReleased(pending.index)) {
        awaitRound(pending);
      } else {
        passOver(pending);
      }
    }
    if (!byIndex.isEmpty()) {
      releasePassedOver(release, ceiling);
    }
  }

  private void passOver(Pending pending) {
    byIndex.computeIfAbsent(pending.index, i -> new ArrayList<>()).add(pending);
  }

  private void releasePassedOver(Release release, long ceiling) {
    var entries = byIndex.headMap(ceiling, true).entrySet().iterator();
    var free = new ArrayList<Pending>();
    while (entries.hasNext()) {
      var entry = entries.next();
      if (release.isReleased(entry.getKey())) {
        free.addAll(entry.getValue());
        entries.remove();
      }
    }
    free.forEach(this::awaitRound);
  }

  /** Every round up to this one is over. */
  void confirmed(long round) {
    roundOver = Math.max(roundOver, round);
    var over = byRound.headMap(roundOver, true);
    var free = new ArrayList<Pending>();
    over.values().forEach(free::addAll);
    over.clear();
    free.forEach(this::end);
  }

  /** Takes those out that have waited since {@code nanos} or longer. */
  List<Pending> takeOlderThan(long nanos) {
    var old = new ArrayList<Pending>();
    while (!byAge.isEmpty() && (byAge.peekFirst().done || byAge.peekFirst().sinceNanos <= nanos)) {
      Pending pending = byAge.removeFirst();
      if (!pending.done) {
        pending.done = true;
        count--;
        old.add(pending);
      }
    }
    return old;
  }

  /** Takes all out; rounds begin anew with the next leader. */
  List<Pending> takeAll() {
    List<Pending> all = takeOlderThan(Long.MAX_VALUE);
    inOrder.clear();
    byIndex.clear();
    byRound.clear();
    roundOver = 0;
    return all;
  }
}
