package org.stockbazaar.bench.growth;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.stockbazaar.bench.cluster.ClusterState;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.experiment.Conditions;
import org.stockbazaar.bench.experiment.ConditionsReader;
import org.stockbazaar.bench.experiment.FreshSystem;
import org.stockbazaar.bench.load.FrameTarget;
import org.stockbazaar.bench.load.HttpTarget;
import org.stockbazaar.bench.load.LoadPlan;
import org.stockbazaar.bench.load.LoadResult;
import org.stockbazaar.bench.load.LoadRun;
import org.stockbazaar.bench.load.Mix;
import org.stockbazaar.bench.load.Target;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.protocol.config.FailedException;

/** Measures every point of a plan, stint by stint. */
public final class Growth {
  private static final int FRAME_LANES = 512;
  private static final int PLACED_PER_MILLI = 250;
  private static final int PLACE_MILLIS_MIN = 100;
  private static final int PLACE_MILLIS_MAX = 60_000;
  private static final int EMPTY_TURNS_MAX = 20;
  private static final int REFUSED = 409;

  private final GrowthPlan plan;
  private final Path data;
  private final Consumer<String> out;
  private final List<Stint> stints;
  private final GrowthProgress progress;
  private final List<GrowthRun> runs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param data in this directory fresh systems get theirs
   * @param out told in words what is going on
   */
  public Growth(GrowthPlan plan, Path data, Consumer<String> out) {
    this.plan = plan;
    this.data = data;
    this.out = out;
    stints = Stint.of(plan);
    progress = new GrowthProgress(plan, stints, out);
  }

  /**
   * Returns when all is measured, and no process of it is left; {@link
   * org.stockbazaar.protocol.config.FailedException} when a system does not start or breaks off.
   */
  public GrowthResult run() {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long start = System.nanoTime();
    Settings shape = Settings.DEFAULT;
    Conditions conditions = ConditionsReader.own(shape.sync(), GrowthPlan.REPLICAS, data);
    int most = stints.stream().mapToInt(Stint::replicas).max().orElse(GrowthPlan.REPLICAS);
    Settings settings = shape.withPort(Ports.freeFor(shape.withNodes(most, 1)));
    for (Stint stint : stints) {
      measure(stint, settings.withNodes(stint.replicas(), 1));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new GrowthResult(plan, conditions, begin, seconds, runs, problems);
  }

  private void measure(Stint stint, Settings settings) {
    progress.start(stint);
    List<String> stocks =
        IntStream.range(0, stint.stocks()).mapToObj(number -> "Stock-" + number).toList();
    try (var system = FreshSystem.start(data, settings, stocks, out)) {
      int warmUpMillis = plan.warmUpMillis() * BenchPlan.WARM_UP_FRESH;
      for (RequestKind kind : stint.dimension().kinds()) {
        var load = load(stint, GrowthPlan.SESSIONS, kind, 0, warmUpMillis);
        String where = "warm-up over " + stint.dimension().word() + ", " + kind.word();
        untilAnswered(where + ", round " + stint.round(), http(system, stocks, kind), load);
      }
      // What changes nothing comes first: trades empty the gateway's cache and lengthen the log.
      List<RequestKind> kinds = new ArrayList<>(stint.dimension().kinds());
      Collections.reverse(kinds);
      for (int value : stint.values()) {
        progress.begin(stint, value);
        place(stint, system, stocks, stint.toPlace(value));
        for (RequestKind kind : kinds) {
          measure(stint, value, kind, http(system, stocks, kind));
        }
      }
    }
  }

  private void measure(Stint stint, int value, RequestKind kind, HttpTarget target) {
    Dimension dimension = stint.dimension();
    var load = load(stint, stint.sessions(value), kind, plan.warmUpMillis(), plan.millis());
    String where = dimension.words(value) + ", " + kind.word() + ", round " + stint.round();
    LoadResult result = run(target, load);
    check(where, result);
    runs.add(
        new GrowthRun(
            dimension,
            value,
            kind,
            stint.round(),
            result.rate(),
            result.latencies().all(),
            target.orders()));
  }

  /** Places so many orders as fast as the leader takes them in frames, or a few more. */
  private void place(Stint stint, FreshSystem system, List<String> stocks, long count) {
    long goal = orders(system) + count;
    for (long missing = count; missing > 0; missing = goal - orders(system)) {
      long millis = Math.max(PLACE_MILLIS_MIN, missing / PLACED_PER_MILLI);
      int turn = (int) Math.min(PLACE_MILLIS_MAX, millis);
      var target = FrameTarget.leader(system.cluster(), stocks, 0);
      var load = load(stint, FRAME_LANES, RequestKind.TRADE, 0, turn);
      untilAnswered("placing orders, round " + stint.round(), target, load);
    }
  }

  private static HttpTarget http(FreshSystem system, List<String> stocks, RequestKind kind) {
    long orders = orders(system);
    if (kind == RequestKind.ORDER_LOOKUP && orders == 0) {
      throw new FailedException("no trade of the warm-up was executed: there are no orders");
    }
    return new HttpTarget(system.gateway(), stocks, orders);
  }

  /** How many orders the log has: their numbers begin with 0 and have no gaps. */
  private static long orders(FreshSystem system) {
    ClusterState state = system.cluster().stateWithLeader();
    Long last = state.process(state.leader()).lastNumber();
    return last == null ? 0 : last + 1;
  }

  private LoadPlan load(Stint stint, int lanes, RequestKind kind, int warmUpMillis, int millis) {
    long seed = plan.seed() + 1000L * stint.round();
    return new LoadPlan(lanes, 0, new Mix(Map.of(kind, 1)), warmUpMillis, millis, seed, null);
  }

  /** For what is not measured: a busy machine may let a short turn pass without an answer. */
  private void untilAnswered(String where, Target target, LoadPlan load) {
    for (int turn = 0; turn < EMPTY_TURNS_MAX; turn++) {
      LoadResult result = run(target, load);
      if (result.latencies().answers() > 0) {
        check(where, result);
        return;
      }
    }
    throw new FailedException(
        where + ": no answer, " + EMPTY_TURNS_MAX + " times " + load.millis() + " ms");
  }

  private static LoadResult run(Target target, LoadPlan load) {
    return new LoadRun(target, load, line -> {}).run();
  }

  private void check(String where, LoadResult result) {
    result.problems().forEach(problem -> problems.add(where + ": " + problem));
    long refused = result.latencies().statuses().getOrDefault(REFUSED, 0L);
    if (refused > 0) {
      problems.add(where + ": " + refused + " trades refused with 409: a stock ran out");
    }
  }
}
