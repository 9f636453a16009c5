package org.stockbazaar.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.Cache;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.Conditions;
import org.stockbazaar.bench.experiment.FaultMark;
import org.stockbazaar.bench.experiment.KindResult;
import org.stockbazaar.bench.experiment.Outage;
import org.stockbazaar.bench.experiment.Point;
import org.stockbazaar.bench.experiment.RunResult;
import org.stockbazaar.bench.experiment.ServerTime;
import org.stockbazaar.bench.experiment.Slice;
import org.stockbazaar.bench.session.RequestKind;

/** Results that nobody measured. */
final class SampleResults {
  static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");

  private SampleResults() {}

  static Histogram histogram(long... nanos) {
    var histogram = new Histogram(3);
    for (long value : nanos) {
      histogram.recordValue(value);
    }
    return histogram;
  }

  /** From about 20 µs, a few of them as long as a request can take. */
  static Histogram wide(int count, long seed) {
    var random = new SplittableRandom(seed);
    var histogram = new Histogram(3);
    for (int i = 0; i < count; i++) {
      long tail = random.nextInt(1000) == 0 ? random.nextLong(10_000_000_000L) : 0;
      histogram.recordValue(20_000 + random.nextLong(2_000_000) + tail);
    }
    return histogram;
  }

  /** Every round of every case has these latencies in every kind, at the client and the gateway. */
  static BenchResult of(Histogram latencies, List<Integer> percents, int rounds) {
    return of(latencies, percents, rounds, List.of(), "a processor");
  }

  static BenchResult of(
      Histogram latencies,
      List<Integer> percents,
      int rounds,
      List<String> problems,
      String processor) {
    List<CaseResult> points = new ArrayList<>();
    for (Cache cache : List.of(Cache.ON, Cache.OFF)) {
      for (int percent : percents) {
        List<RunResult> runs = runs(rounds, kind(latencies, List.of()), List.of());
        points.add(new CaseResult(new Point(cache, percent), runs));
      }
    }
    List<CaseResult> outages = new ArrayList<>();
    List<Slice> course = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      course.add(new Slice(i * 100.0, 100, i == 60 ? histogram() : latencies));
    }
    for (Outage outage : Outage.values()) {
      List<FaultMark> faults =
          outage == Outage.LEADER_KILLED
              ? List.of(
                  new FaultMark(6000, "order-3 killed"), new FaultMark(9000, "order-3 started"))
              : List.of();
      outages.add(new CaseResult(outage, runs(rounds, kind(latencies, course), faults)));
    }
    BenchPlan plan = plan(percents, rounds);
    return new BenchResult(
        plan, conditions(processor), BEGIN, 60, points, outages, problems.size(), problems);
  }

  private static BenchPlan plan(List<Integer> percents, int rounds) {
    return new BenchPlan(null, 5, 5000, percents, rounds, 1000, 12, 3, "disk", 7, 10_000);
  }

  private static KindResult kind(Histogram latencies, List<Slice> course) {
    long count = latencies.getTotalCount();
    var server = new ServerTime(count, count == 0 ? Double.NaN : latencies.getMean(), latencies);
    return new KindResult(latencies, server, 31_400_000, 27_100_000, course);
  }

  private static List<RunResult> runs(int rounds, KindResult kind, List<FaultMark> faults) {
    Map<RequestKind, KindResult> kinds = new EnumMap<>(RequestKind.class);
    for (RequestKind each : RequestKind.values()) {
      kinds.put(each, kind);
    }
    List<RunResult> runs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      long start = BEGIN.toEpochMilli() + round * 20_000L;
      var tally = new RunResult.Tally(400, 400, 3, 0);
      runs.add(new RunResult(round, start, start + 12_000, kinds, tally, faults));
    }
    return runs;
  }

  static Conditions conditions(String processor) {
    List<String> flags = Collections.nCopies(20, "-XX:MaxDirectMemorySize=32m");
    return new Conditions(
        processor,
        2,
        4L << 30,
        0.3,
        "Linux 6.1",
        "OpenJDK 64-Bit Server VM 17",
        "0.1.0",
        "not known",
        Map.of("Netty", "4.2"),
        Map.of("every service", flags, "gateway", flags),
        "an order is answered after fdatasync on a majority of 3",
        "ext4",
        "everything on this one machine");
  }
}
