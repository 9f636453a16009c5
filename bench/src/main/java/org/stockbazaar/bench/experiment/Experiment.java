package org.stockbazaar.bench.experiment;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.protocol.config.HostPort;

/** Measures everything of a plan, in the order of its {@link Schedule}. */
public final class Experiment {
  private final BenchPlan plan;
  private final Path data;
  private final Consumer<String> out;
  private final List<Stint> stints;
  private final Progress progress;
  private final Clients clients;
  private final Failover failover;

  /**
   * @param data in this directory fresh systems get theirs
   * @param out told in words what is going on
   */
  public Experiment(BenchPlan plan, Path data, Consumer<String> out) {
    this.plan = plan;
    this.data = data;
    this.out = out;
    stints = Schedule.of(plan);
    progress = new Progress(plan, stints, out);
    clients = new Clients(plan);
    failover = new Failover(clients, plan);
  }

  /** Returns when all is measured, and no process of it is left. */
  public BenchResult run() {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long start = System.nanoTime();
    Conditions conditions =
        plan.isOwnSystem()
            ? ConditionsReader.own(plan.sync(), plan.replicas(), data)
            : ConditionsReader.outside(plan.gateway());
    Map<Case, List<RunResult>> points = empty(Schedule.points(plan));
    Map<Case, List<RunResult>> outages = empty(Schedule.outages(plan));
    Settings settings = plan.isOwnSystem() ? settings() : null;
    for (Stint stint : stints) {
      Map<Case, RunResult> measured = settings == null ? outside(stint) : own(stint, settings);
      measured.forEach(
          (what, run) -> (what instanceof Point ? points : outages).get(what).add(run));
    }
    return new BenchResult(
        plan,
        conditions,
        begin,
        (System.nanoTime() - start) / 1e9,
        results(points),
        results(outages),
        clients.problemCount(),
        clients.problems());
  }

  private static Map<Case, List<RunResult>> empty(List<? extends Case> cases) {
    Map<Case, List<RunResult>> empty = new LinkedHashMap<>();
    cases.forEach(what -> empty.put(what, new ArrayList<>()));
    return empty;
  }

  private static List<CaseResult> results(Map<Case, List<RunResult>> runs) {
    return runs.entrySet().stream().map(e -> new CaseResult(e.getKey(), e.getValue())).toList();
  }

  private Settings settings() {
    Settings shape = Settings.DEFAULT.withNodes(plan.replicas(), 1);
    return shape.withPort(Ports.freeFor(shape));
  }

  private Map<Case, RunResult> own(Stint stint, Settings settings) {
    Map<Case, RunResult> runs = new LinkedHashMap<>();
    Settings wanted = settings.with(plan.sync(), stint.cache().word());
    progress.start(stint);
    try (var system = FreshSystem.start(data, wanted, out)) {
      long first = plan.warmUpMillis() * BenchPlan.WARM_UP_FRESH;
      clients.warmUp(system.gateway(), BenchPlan.FAILOVER_P, first);
      for (Case what : stint.cases()) {
        progress.begin(stint, what);
        warmUp(system.gateway(), what);
        runs.put(what, measure(system, what, stint.round()));
        Pause.quiet();
      }
      system.stop();
      GatewayLog log = GatewayLog.read(system.histogramLog());
      runs.replaceAll((what, run) -> run.with(log.within(run.startMillis(), run.endMillis())));
    }
    return runs;
  }

  private RunResult measure(FreshSystem system, Case what, int round) {
    return what instanceof Point point
        ? clients.measure(system.gateway(), point, round)
        : failover.run(system, (Outage) what, round);
  }

  private Map<Case, RunResult> outside(Stint stint) {
    Map<Case, RunResult> runs = new LinkedHashMap<>();
    for (Case what : stint.cases()) {
      progress.begin(stint, what);
      warmUp(plan.gateway(), what);
      GatewaySums before = GatewaySums.read(plan.gateway());
      RunResult run = clients.measure(plan.gateway(), (Point) what, stint.round());
      Map<RequestKind, ServerTime> server = GatewaySums.read(plan.gateway()).since(before);
      runs.put(what, run.with(server));
    }
    return runs;
  }

  private void warmUp(HostPort gateway, Case what) {
    double p = what instanceof Point point ? point.percent() / 100.0 : BenchPlan.FAILOVER_P;
    clients.warmUp(gateway, p, plan.warmUpMillis());
    if (plan.isOwnSystem()) {
      Pause.quiet();
    }
  }
}
