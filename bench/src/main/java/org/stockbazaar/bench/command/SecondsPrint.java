package org.stockbazaar.bench.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.load.MachineWatch;
import org.stockbazaar.bench.load.Second;

/** What {@code load} says of the seconds of a run: stalls that a long run's percentiles hide. */
final class SecondsPrint {
  private static final double MICRO = 1e3;
  private static final double MILLI = 1e6;

  /** A second whose p99.9 is above this is looked at. */
  private static final long STALL_NANOS = 10_000_000;

  private final List<Second> seconds;
  private final Histogram p999 = new Histogram(3);
  private final Histogram busy = new Histogram(3);
  private int worst;
  private boolean diskWatched;

  SecondsPrint(List<Second> seconds) {
    this.seconds = seconds;
    for (int i = 0; i < seconds.size(); i++) {
      p999.recordValue(seconds.get(i).p999Nanos());
      if (seconds.get(i).machine() != null) {
        busy.recordValue(Math.round(100 * seconds.get(i).machine().busy()));
        diskWatched |= seconds.get(i).machine().diskNanos() > 0;
      }
      if (seconds.get(i).p999Nanos() > seconds.get(worst).p999Nanos()) {
        worst = i;
      }
    }
  }

  /** For people; nothing for a run of one second. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (seconds.size() < 2) {
      return lines;
    }
    lines.add(
        String.format(
            "p99.9 of each second: median %.1f ms, longest %.1f ms, in second %d",
            p999.getValueAtPercentile(50) / MILLI, p999.getMaxValue() / MILLI, worst + 1));
    if (busy.getTotalCount() > 0) {
      lines.add(machine());
    }
    return lines;
  }

  private String machine() {
    long late =
        count(place -> !isOfDisk(place) && isOf(MachineWatch.Reading::processorNanos, place));
    String stalls =
        diskWatched
            ? String.format(
                "in %d of them a sync of this machine's disk took at least half as long, in %d of"
                    + " the others a sleeper woke that much late",
                count(this::isOfDisk), late)
            : String.format(
                "in %d of them a sleeper woke at least half as much late; no disk was watched",
                late);
    return String.format(
        "Above 10 ms in %d of %d seconds: %s. The processors were %d %% busy, the median.",
        count(place -> true), seconds.size(), stalls, busy.getValueAtPercentile(50));
  }

  private long count(IntPredicate places) {
    return IntStream.range(0, seconds.size()).filter(this::isStall).filter(places).count();
  }

  private boolean isStall(int place) {
    return seconds.get(place).p999Nanos() > STALL_NANOS;
  }

  private boolean isOfDisk(int place) {
    return isOf(MachineWatch.Reading::diskNanos, place);
  }

  /** Whether a part of the machine stood still: answers may come in the second behind that. */
  private boolean isOf(ToLongFunction<MachineWatch.Reading> part, int place) {
    long longest = 0;
    for (int at = Math.max(0, place - 1); at <= place; at++) {
      longest = Math.max(longest, part.applyAsLong(seconds.get(at).machine()));
    }
    return longest >= seconds.get(place).p999Nanos() / 2;
  }

  /** For machines. */
  void json(Map<String, Object> json) {
    json.put("p999_of_seconds", HistogramJson.of(p999));
    json.put("worst_second", worst + 1);
    json.put("by_second", seconds.stream().map(this::json).toList());
  }

  private Map<String, Object> json(Second second) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("answers", second.answers());
    json.put("p999_micros", second.p999Nanos() / MICRO);
    json.put("longest_micros", second.longestNanos() / MICRO);
    if (second.machine() != null) {
      json.put("machine_late_micros", second.machine().processorNanos() / MICRO);
      if (diskWatched) {
        json.put("machine_sync_micros", second.machine().diskNanos() / MICRO);
      }
      json.put("machine_busy", second.machine().busy());
    }
    return json;
  }
}
