package org.stockbazaar.bench.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.stockbazaar.bench.chaos.ChaosPlan;
import org.stockbazaar.bench.chaos.ChaosResult;
import org.stockbazaar.bench.chaos.ChaosRun;
import org.stockbazaar.bench.chaos.Fault;
import org.stockbazaar.bench.chaos.FaultReport;
import org.stockbazaar.bench.chaos.Finding;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.verify.SystemCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets faults happen to a running system while clients trade, and gives a verdict. */
@Command(
    name = "chaos",
    description = {
      "Kill, pause and restart processes of the running system while clients trade through all"
          + " gateways; then say what the clients felt, and whether anything they saw was wrong:"
          + " orders lost, doubled or changed, answers that went back in time, books that do not"
          + " balance.",
      "Nobody else may trade meanwhile. Status 1 on a bad verdict; its last line repeats the run."
    })
final class ChaosCommand implements Callable<Integer> {
  private static final int LINES_MAX = 10;

  /** Faults of one kind that make quantiles worth printing. */
  private static final int SUMMED_MIN = 5;

  @Mixin private Where where;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long faults happen, 1 to 86400 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Faults after which it ends, even if there is time left.")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Decides faults, targets, times and what clients do (default: another one each time).")
  private Long seed;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "4",
      description = "Clients, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int sessions;

  @Option(
      names = "--stocks-used",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Stocks that they trade, 1 to 100; with fewer they meet more often (default:"
              + " ${DEFAULT-VALUE}).")
  private int stocksUsed;

  @Option(
      names = "--faults",
      paramLabel = "FAULT",
      split = ",",
      description = {
        "Faults to choose from: kill-, pause- or restart- with catalog, gateway, order, leader,"
            + " follower, or one process (gateway-2); transfer-order, transfer-order-2. Joined with"
            + " + they happen at one moment: kill-leader+pause-gateway. (Default: every single one.)"
      })
  private List<String> faults = new ArrayList<>();

  @Option(
      names = "--in-turn",
      description = "Let the faults happen in the order given, again and again, not at random.")
  private boolean inTurn;

  @Option(
      names = "--hold",
      paramLabel = "MILLIS",
      defaultValue = "2000",
      description =
          "The longest time that a process stays dead or paused, 50 to 60000 (default:"
              + " ${DEFAULT-VALUE}).")
  private int holdMillis;

  @Option(
      names = "--hold-min",
      paramLabel = "MILLIS",
      defaultValue = "50",
      description = "The shortest such time (default: ${DEFAULT-VALUE}).")
  private int holdMillisMin;

  @Option(
      names = "--gap",
      paramLabel = "MILLIS",
      defaultValue = "2000",
      description =
          "The longest time from a system that is ready again to the next fault, 0 to 60000"
              + " (default: ${DEFAULT-VALUE}).")
  private int gapMillis;

  @Option(
      names = "--think",
      paramLabel = "MICROS",
      defaultValue = "1000",
      description =
          "What a client waits before each request, in microseconds (default: ${DEFAULT-VALUE}).")
  private int thinkMicros;

  @Option(
      names = "--deadline",
      paramLabel = "MILLIS",
      defaultValue = "15000",
      description =
          "How long a request may go without a final answer, retries included, before it counts as"
              + " failed (default: ${DEFAULT-VALUE}).")
  private int deadlineMillis;

  @Override
  public Integer call() {
    Cluster cluster = where.cluster();
    ChaosPlan plan = plan(cluster);
    where.progress(
        "seed "
            + plan.seed()
            + ": "
            + seconds
            + " s, "
            + sessions
            + " clients; faults: "
            + words(plan.faults()));
    ChaosResult result = new ChaosRun(cluster, plan, this::progress).run();
    if (where.json()) {
      where.sayJson(json(plan, result));
    } else {
      print(result);
    }
    if (!result.good()) {
      String again = where.call(replay(plan));
      if (where.json()) {
        where.progress(again);
      } else {
        where.say(again);
      }
    }
    return result.good() ? 0 : 1;
  }

  // ---- what is asked for
  // -------------------------------------------------------------------------

  private ChaosPlan plan(Cluster cluster) {
    where.check("--seconds", seconds, 1, 86_400);
    where.check("--count", count, 0, Integer.MAX_VALUE);
    where.check("--sessions", sessions, 1, 64);
    where.check("--stocks-used", stocksUsed, 1, 100);
    where.check("--hold", holdMillis, 50, 60_000);
    where.check("--hold-min", holdMillisMin, 50, holdMillis);
    where.check("--gap", gapMillis, 0, 60_000);
    where.check("--think", thinkMicros, 0, 1_000_000);
    where.check("--deadline", deadlineMillis, 100, 600_000);
    return new ChaosPlan(
        seconds,
        count,
        Where.seed(seed),
        sessions,
        stocksUsed,
        faults.isEmpty() ? Fault.all(cluster.settings()) : parsed(cluster),
        inTurn,
        holdMillisMin,
        holdMillis,
        gapMillis,
        thinkMicros,
        deadlineMillis);
  }

  private List<Fault> parsed(Cluster cluster) {
    List<Fault> parsed = new ArrayList<>();
    for (String text : faults) {
      try {
        Fault fault = Fault.parse(text);
        fault.requireTargets(cluster.settings(), cluster.names());
        parsed.add(fault);
      } catch (IllegalArgumentException e) {
        throw where.usage("--faults: " + e.getMessage());
      }
    }
    return parsed;
  }

  private static String words(List<Fault> faults) {
    return faults.stream().map(Fault::toString).collect(Collectors.joining(","));
  }

  private static String replay(ChaosPlan plan) {
    return "chaos --seconds "
        + plan.seconds()
        + " --count "
        + plan.count()
        + " --seed "
        + plan.seed()
        + " --sessions "
        + plan.sessions()
        + " --stocks-used "
        + plan.stocksUsed()
        + " --faults "
        + words(plan.faults())
        + (plan.inTurn() ? " --in-turn" : "")
        + " --hold-min "
        + plan.holdMillisMin()
        + " --hold "
        + plan.holdMillis()
        + " --gap "
        + plan.gapMillis()
        + " --think "
        + plan.thinkMicros()
        + " --deadline "
        + plan.deadlineMillis();
  }

  // ---- what is told
  // ------------------------------------------------------------------------------

  private void progress(FaultReport fault) {
    where.progress(
        String.format(
            "%7.1f s  %s of %s for %.0f ms, ready %.0f ms later; %d answers",
            fault.at() / 1000,
            fault.fault(),
            String.join(", ", fault.targets()),
            fault.hold(),
            fault.healed(),
            fault.answers()));
  }

  private void print(ChaosResult result) {
    timeline(result.faults());
    summary(result.faults());
    where.say("");
    verdicts(result);
    result.failures().stream().limit(LINES_MAX).forEach(where::say);
    for (Finding finding : result.findings()) {
      if (!finding.good()) {
        where.say(finding.check() + ":");
        finding.evidence().forEach(line -> where.say("  " + line));
      }
    }
    if (result.good()) {
      where.say("Verdict: good.");
    } else {
      where.say("History: " + result.history());
      where.say("Verdict: BAD, see above. Again, with the same faults:");
    }
  }

  private void timeline(List<FaultReport> faults) {
    var table =
        new Table(
            ">AT s",
            "FAULT",
            "OF",
            ">FOR ms",
            ">READY AFTER",
            ">NO TRADE MEANWHILE",
            ">NO TRADE FOR",
            ">NO LOOKUP FOR",
            ">SLOWEST",
            ">ANSWERS");
    for (FaultReport fault : faults) {
      table.add(
          List.of(
              String.format("%.1f", fault.at() / 1000),
              fault.fault(),
              String.join(", ", fault.targets()),
              millis(fault.hold()),
              millis(fault.healed()),
              millis(fault.awayGap()),
              millis(fault.tradeGap()),
              millis(fault.lookupGap()),
              millis(fault.slowest()),
              String.valueOf(fault.answers())));
    }
    table.print(where.out());
  }

  private static String millis(double millis) {
    return String.format("%.0f", millis);
  }

  /** The gaps of faults that happened again and again, kind by kind. */
  private void summary(List<FaultReport> faults) {
    Map<String, List<FaultReport>> kinds = new TreeMap<>();
    for (FaultReport fault : faults) {
      kinds.computeIfAbsent(fault.fault(), kind -> new ArrayList<>()).add(fault);
    }
    kinds.values().removeIf(reports -> reports.size() < SUMMED_MIN);
    if (kinds.isEmpty()) {
      return;
    }
    var table =
        new Table(
            "NO TRADE MEANWHILE", ">TIMES", ">p50", ">p90", ">p99", ">MAX", ">NO TRADE FOR p99");
    kinds.forEach(
        (kind, reports) ->
            table.add(
                List.of(
                    kind,
                    String.valueOf(reports.size()),
                    millis(quantile(reports, FaultReport::awayGap, 0.5)),
                    millis(quantile(reports, FaultReport::awayGap, 0.9)),
                    millis(quantile(reports, FaultReport::awayGap, 0.99)),
                    millis(quantile(reports, FaultReport::awayGap, 1)),
                    millis(quantile(reports, FaultReport::tradeGap, 0.99)))));
    where.say("");
    table.print(where.out());
  }

  private static double quantile(
      List<FaultReport> reports, ToDoubleFunction<FaultReport> value, double quantile) {
    double[] sorted = reports.stream().mapToDouble(value).sorted().toArray();
    return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
  }

  private void verdicts(ChaosResult result) {
    var table = new Table("CHECK", ">EXAMINED", "VERDICT");
    table.add(row("requests are answered", result.operations(), result.failures().isEmpty()));
    for (Finding finding : result.findings()) {
      table.add(row(finding.check(), finding.examined(), finding.good()));
    }
    SystemCheck system = result.system();
    if (system != null) {
      for (var node : system.nodes()) {
        table.add(
            row(
                "log of " + node.name() + ": chain, numbering, books",
                node.entries(),
                node.good()));
      }
      if (system.nodes().size() > 1) {
        table.add(row("logs are equal", system.prefix().entries(), system.prefix().good()));
      }
      boolean same = system.catalog().good() && system.catalog().compared();
      table.add(row("catalog has what the log says", system.catalog().index(), same));
    }
    table.print(where.out());
    if (system != null && !system.good()) {
      VerifyCommand.print(where, system.nodes());
      where.say("Replicas: " + system.prefix().text());
      where.say("Catalog: " + system.catalog().text());
    }
  }

  private static List<String> row(String check, long examined, boolean good) {
    return List.of(check, String.valueOf(examined), good ? "good" : "BAD");
  }

  private static Map<String, Object> json(ChaosPlan plan, ChaosResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", plan.seed());
    json.put("sessions", plan.sessions());
    json.put("seconds", result.seconds());
    json.put("stocks", result.stocks());
    json.put("operations", result.operations());
    json.put("faults", result.faults());
    json.put("failures", result.failures());
    json.put("findings", result.findings());
    json.put("system", result.system());
    json.put("history", result.history() == null ? null : result.history().toString());
    json.put("good", result.good());
    return json;
  }
}
