package org.stockbazaar.bench.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.stockbazaar.bench.session.SessionPlan;
import org.stockbazaar.bench.session.SessionResult;
import org.stockbazaar.bench.session.SessionRun;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

/** Runs sessions, measures them, and remembers what went wrong in any run. */
final class Clients {
  private static final int SLICES_MAX = 120;
  private static final int SLICES_PER_SECOND = 10;
  private static final int PROBLEMS_MAX = 100;
  private static final int PROBLEMS_OF_RUN_MAX = 5;
  private static final double PERCENT = 100;

  private final BenchPlan plan;
  private final List<String> problems = new ArrayList<>();
  private long problemCount;

  /** What is done to the system while sessions trade. */
  interface Fault {
    /** Does it, and returns when it is over. */
    void happen(Moments moments);
  }

  /** What was done when, by {@link System#nanoTime}. */
  static final class Moments {
    private final List<Moment> moments = new ArrayList<>();

    private record Moment(long nanos, String what) {}

    /** Now. */
    void mark(String what) {
      moments.add(new Moment(System.nanoTime(), what));
    }

    private List<FaultMark> since(Tracks tracks) {
      return moments.stream().map(m -> new FaultMark(tracks.millis(m.nanos), m.what)).toList();
    }
  }

  Clients(BenchPlan plan) {
    this.plan = plan;
  }

  /** How many requests had no answer that they must have, and orders are not as remembered. */
  long problemCount() {
    return problemCount;
  }

  /** The first such of each run. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Sessions for so long, of which nothing is kept but what went wrong. */
  void warmUp(HostPort gateway, double p, long millis) {
    if (millis > 0) {
      var endless = sessions(gateway, Integer.MAX_VALUE, p, plan.seed());
      keep("warm-up", new SessionRun(endless, done -> {}, Tracks.during(millis)).run());
    }
  }

  /** All sessions make all their requests. */
  RunResult measure(HostPort gateway, Point point, int round) {
    Tracks tracks = Tracks.unlimited();
    // With the cache on and off the same is asked for.
    long seed = plan.seed() + 1000L * round + point.percent();
    var some = sessions(gateway, plan.requests(), point.percent() / PERCENT, seed);
    SessionResult result = new SessionRun(some, done -> {}, tracks).run();
    keep(point.words() + ", round " + round, result);
    return run(round, tracks, 0, result, List.of());
  }

  /** Sessions trade for the length of a failover run, and something happens meanwhile. */
  RunResult measure(HostPort gateway, Outage outage, int round, Fault fault) {
    int seconds = plan.failoverSeconds();
    Tracks tracks = Tracks.during(TimeUnit.SECONDS.toMillis(seconds));
    long seed = plan.seed() + 1000L * round;
    var endless = sessions(gateway, Integer.MAX_VALUE, BenchPlan.FAILOVER_P, seed);
    var trading = new FutureTask<>(() -> new SessionRun(endless, done -> {}, tracks).run());
    var thread = new Thread(trading, "sessions");
    thread.setDaemon(true);
    thread.start();
    var moments = new Moments();
    fault.happen(moments);
    SessionResult result = await(trading);
    keep(outage.words() + ", round " + round, result);
    int slices = Math.min(SLICES_MAX, seconds * SLICES_PER_SECOND);
    return run(round, tracks, slices, result, moments.since(tracks));
  }

  private static RunResult run(
      int round, Tracks tracks, int slices, SessionResult result, List<FaultMark> faults) {
    return new RunResult(
        round,
        tracks.startMillis(),
        tracks.endMillis(),
        tracks.results(slices),
        new RunResult.Tally(
            result.orders().size(), result.compared(), result.refusals(), result.retries()),
        faults);
  }

  private SessionPlan sessions(HostPort gateway, int requests, double p, long seed) {
    return new SessionPlan(gateway, plan.sessions(), requests, p, seed, plan.deadlineMillis());
  }

  private void keep(String where, SessionResult result) {
    problemCount += result.failures().size() + result.differences().size();
    Stream.concat(result.failures().stream(), result.differences().stream())
        .limit(Math.min(PROBLEMS_OF_RUN_MAX, PROBLEMS_MAX - problems.size()))
        .forEach(problem -> problems.add(where + ": " + problem));
  }

  private static SessionResult await(FutureTask<SessionResult> trading) {
    try {
      return trading.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FailedException failed) {
        throw failed;
      }
      throw new IllegalStateException("sessions broke: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
  }
}
