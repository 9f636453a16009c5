package org.stockbazaar.bench.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.order.replication.Ballot;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.HandOver;
import org.stockbazaar.protocol.message.Message.Vote;

/**
 * What has happened, as one who sees all replicas knows it: the committed entries and the books
 * that follow from them. Held against every replica after everything that it does.
 */
final class Truth {
  private final Machine.Failures failures;
  private final List<Entry> committed = new ArrayList<>();
  private final List<Entry> trades = new ArrayList<>();
  private final Map<Key, Entry> keys = new HashMap<>();

  /** The last index that was committed in each epoch. */
  private final NavigableMap<Long, Long> committedIn = new TreeMap<>();

  private final Map<Long, Integer> leaders = new TreeMap<>();
  private final Map<String, Course> courses = new TreeMap<>();
  private final Map<Integer, Long> seen = new TreeMap<>();
  private final Map<Stand, Set<Integer>> invited = new HashMap<>();
  private final Set<Stand> chosen = new HashSet<>();

  /** What each voter has on its disk, as far as it was told that it has. */
  private final Map<Integer, Promise> promises = new TreeMap<>();

  /** What a stock went through. */
  static final class Course {
    final long volumeMax;
    final List<Point> points = new ArrayList<>();
    final List<Entry> trades = new ArrayList<>();

    Course(long volumeMax) {
      this.volumeMax = volumeMax;
    }

    Point last() {
      return points.get(points.size() - 1);
    }

    /** The place of the newest point that is not behind {@code index}, -1 for none. */
    int place(long index) {
      int low = 0;
      int high = points.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (points.get(middle).index <= index) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low - 1;
    }
  }

  /** A stock since the entry at {@code index}. */
  record Point(long index, long quantity, long volume) {}

  Truth(Machine.Failures failures) {
    this.failures = failures;
  }

  /** Index of the last entry that anybody knows to be committed. */
  long lastIndex() {
    return committed.size();
  }

  long tradeCount() {
    return trades.size();
  }

  /** How many epochs had a leader. */
  int epochsLed() {
    return leaders.size();
  }

  int checksumAt(long index) {
    return index == 0 ? 0 : committed.get((int) index - 1).checksum();
  }

  /** The trade with this number, null when none is committed. */
  Entry trade(long number) {
    return number < 0 || number >= trades.size() ? null : trades.get((int) number);
  }

  /** The trade under this key, null when none is committed. */
  Entry trade(Key key) {
    return keys.get(key);
  }

  /** What a stock went through, null when it is not listed. */
  Course course(String stock) {
    return courses.get(stock);
  }

  /** Holds what a replica says of itself against what is known. */
  void inspect(OrderMachine machine, Driver driver) {
    Log log = machine.log();
    if (driver.isLeading()) {
      leads(machine, driver.epoch(), log);
    }
    long commit = driver.commitIndex();
    if (seen.getOrDefault(machine.number(), 0L) != commit) {
      seen.put(machine.number(), commit);
      if (driver.isLeading() && log.epochAt(commit) != driver.epoch()) {
        // It may have been counted on a majority, and a leader yet to come may lack it (3.6.2).
        wrong(
            machine.name + " leads epoch " + driver.epoch() + " and commits an older one's entry");
      }
      commits(machine, driver.epoch(), log, commit);
    }
  }

  private void leads(OrderMachine machine, long epoch, Log log) {
    Integer other = leaders.put(epoch, machine.node);
    if (other == null) {
      // Leader completeness (Raft, thesis 3.6.3): all that was committed in epochs before its own.
      var before = committedIn.lowerEntry(epoch);
      long last = before == null ? 0 : before.getValue();
      if (log.lastIndex() < last || (last > 0 && log.checksumAt(last) != checksumAt(last))) {
        wrong(machine.name + " leads epoch " + epoch + " and lacks what is committed");
      }
    } else if (other != machine.node) {
      wrong("order-" + other + " and " + machine.name + " lead in epoch " + epoch);
    }
  }

  private void commits(OrderMachine machine, long epoch, Log log, long commit) {
    long common = Math.min(commit, lastIndex());
    if (common > 0 && log.checksumAt(common) != checksumAt(common)) {
      wrong(machine.name + " has another entry committed at or before index " + common);
      return;
    }
    for (long index = lastIndex() + 1; index <= commit; index++) {
      enter(log.read(index));
      committedIn.put(epoch, index);
    }
  }

  private void enter(Entry entry) {
    long numberBefore = committed.isEmpty() ? 0 : committed.get(committed.size() - 1).nextNumber();
    committed.add(entry);
    switch (entry.kind()) {
      case EPOCH -> {}
      case LIST -> list(entry);
      case TRADE -> trade(entry, numberBefore);
      case RESET -> wrong("nobody asked for a reset");
    }
  }

  private void list(Entry entry) {
    var course = new Course(entry.volumeMax());
    course.points.add(new Point(entry.index(), entry.quantity(), 0));
    if (courses.putIfAbsent(entry.stock(), course) != null) {
      wrong(entry.stock() + " is listed twice, again at index " + entry.index());
    }
  }

  private void trade(Entry entry, long numberBefore) {
    if (entry.number() != numberBefore || entry.number() != trades.size()) {
      wrong("numbers have a gap at " + entry);
    }
    trades.add(entry);
    if (keys.putIfAbsent(entry.key(), entry) != null) {
      wrong("traded twice under one key: " + keys.get(entry.key()) + " and " + entry);
    }
    Course course = courses.get(entry.stock());
    if (course == null) {
      wrong("traded, and not listed: " + entry);
      return;
    }
    Point last = course.last();
    long quantity = last.quantity + entry.side().signed(entry.quantity());
    long volume = last.volume + entry.quantity();
    if (quantity < 0 || (course.volumeMax > 0 && volume > course.volumeMax)) {
      wrong("the books do not balance: " + last + " and then " + entry);
    }
    course.trades.add(entry);
    course.points.add(new Point(entry.index(), quantity, volume));
  }

  // ---- who may open an epoch -------------------------------------------------------------------

  private record Stand(int candidate, long epoch) {}

  /** Watches votes and hand-overs on their way. */
  void sees(Machine from, Machine to, Message message) {
    if (message instanceof Vote vote && vote.preVote() && vote.granted()) {
      invited
          .computeIfAbsent(new Stand(to.node, vote.epoch()), s -> new TreeSet<>())
          .add(from.node);
    } else if (message instanceof HandOver handOver) {
      chosen.add(new Stand(to.node, handOver.epoch() + 1));
    }
  }

  private record Promise(long epoch, int votedFor) {}

  private void promised(OrderMachine machine, Ballot ballot) {
    if (ballot.isVoter()) {
      promises.put(machine.node, new Promise(ballot.epoch(), ballot.votedFor()));
    }
  }

  /** A replica that starts must know what it promised last, unless it is a learner. */
  void started(OrderMachine machine, Ballot ballot) {
    Promise last = promises.get(machine.node);
    if (last == null || !ballot.isVoter()) {
      return;
    }
    var known = new Promise(ballot.epoch(), ballot.votedFor());
    boolean newer = known.epoch > last.epoch || (known.epoch == last.epoch && last.votedFor == 0);
    if (!newer && !known.equals(last)) {
      wrong(machine.name + " promised " + last + " and after its restart knows of " + known);
    }
  }

  /** A ballot whose owner opens epochs only when a majority or the leader wants it (9.6, 3.10). */
  Ballot watched(OrderMachine machine, Ballot ballot) {
    return new Ballot() {
      @Override
      public long epoch() {
        return ballot.epoch();
      }

      @Override
      public int votedFor() {
        return ballot.votedFor();
      }

      @Override
      public void save(long epoch, int votedFor) {
        var stand = new Stand(machine.node, epoch);
        int grants = invited.getOrDefault(stand, Set.of()).size() + 1;
        boolean wanted = grants >= machine.majority() || chosen.contains(stand);
        if (votedFor == machine.node && !wanted) {
          wrong(machine.name + " opens epoch " + epoch + ", which nobody asked for");
        }
        ballot.save(epoch, votedFor);
        promised(machine, this);
      }

      @Override
      public boolean isVoter() {
        return ballot.isVoter();
      }

      @Override
      public void enroll() {
        ballot.enroll();
        promised(machine, this);
      }
    };
  }

  private void wrong(String rule) {
    failures.violated(rule, null);
  }
}
