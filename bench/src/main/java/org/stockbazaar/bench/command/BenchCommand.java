package org.stockbazaar.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.Experiment;
import org.stockbazaar.bench.report.JsonReport;
import org.stockbazaar.bench.report.ReportFiles;
import org.stockbazaar.protocol.config.HostPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures latencies over the probability of a trade and over failovers, and writes a report. */
@Command(
    name = "bench",
    description = {
      "Measure the latency of stock lookups, trades and order lookups at several probabilities of a"
          + " trade, with the gateway's cache on and off, then with a replica missing and with the"
          + " leader killed; write a report with tables and plots.",
      "It starts systems of its own, on free ports, and ends them; a running one is left alone, but"
          + " takes its share of the machine. With --gateway it measures that gateway from outside:"
          + " its cache as it is, and no failover.",
      "Sessions are a closed loop: each waits for its answer before it asks again. For latencies at a"
          + " given rate see 'bazaar load'. Status 1 when a request failed, or an order is not as it"
          + " was placed."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int PERCENTS_MAX = 7;

  /** Every answer is kept until its point is over. */
  private static final long LOOKUPS_MAX = 2_000_000;

  @Mixin private Where where;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "A gateway to measure from outside (default: systems of its own).")
  private HostPort gateway;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "5",
      description = "Sessions at once, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int sessions;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "5000",
      description =
          "Stock lookups of each session at each point, 1 to 1000000, and at most 2000000 of all"
              + " sessions together (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--p",
      paramLabel = "PERCENT",
      split = ",",
      defaultValue = "0,20,40,60,80",
      description =
          "Probabilities of a trade after a lookup, in percent: up to 7, each 0 to 100 (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> percents;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Rounds of all of it, 1 to 25; figures are their medians (default: ${DEFAULT-VALUE}).")
  private int repeat;

  @Option(
      names = "--warm-up",
      paramLabel = "MILLIS",
      defaultValue = "1000",
      description =
          "Traffic before each measurement that is not measured, in milliseconds, 0 to 60000; five"
              + " times as long on a fresh system (default: ${DEFAULT-VALUE}).")
  private int warmUpMillis;

  @Option(
      names = "--failover",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "Length of each failover run in seconds, 0 to 600; 0 leaves them out (default:"
              + " ${DEFAULT-VALUE}).")
  private int failoverSeconds;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Order nodes of its own systems: 1, 3, 5 or 7; no failover with 1 (default:"
              + " ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--sync",
      paramLabel = "disk|os",
      defaultValue = "disk",
      description = "What an order waits for in its own systems (default: ${DEFAULT-VALUE}).")
  private String sync;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Decides the order of points, what is looked up and traded (default: another one each"
              + " time).")
  private Long seed;

  @Option(
      names = "--deadline",
      paramLabel = "MILLIS",
      defaultValue = "10000",
      description =
          "How long a request is retried after 503, 504 or a broken connection, in milliseconds, 1"
              + " to 3600000 (default: ${DEFAULT-VALUE}).")
  private long deadlineMillis;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes (default: reports/TIME in the data directory).")
  private Path out;

  @Override
  public Integer call() {
    BenchPlan plan = plan();
    Path data = where.layout().root();
    Path directory = where.report(out);
    var experiment = new Experiment(plan, data, where::progress);
    BenchResult result = experiment.run();
    Path page = ReportFiles.write(directory, result);
    if (where.json()) {
      Map<String, Object> json = new LinkedHashMap<>(JsonReport.fields(result));
      json.put("report", page.toString());
      where.sayJson(json);
    } else {
      new BenchTables(result, where).print();
      where.say("Report: " + page);
    }
    return result.isGood() ? 0 : 1;
  }

  private BenchPlan plan() {
    where.check("--sessions", sessions, 1, 1000);
    where.check("--requests", requests, 1, 1_000_000);
    where.check("--repeat", repeat, 1, 25);
    where.check("--warm-up", warmUpMillis, 0, 60_000);
    where.check("--failover", failoverSeconds, 0, 600);
    where.check("--deadline", deadlineMillis, 1, 3_600_000);
    percents.forEach(percent -> where.check("--p", percent, 0, 100));
    List<Integer> different = new ArrayList<>(new LinkedHashSet<>(percents));
    require(different.size() <= PERCENTS_MAX, "--p " + percents + ": it must be up to 7 values");
    require(
        (long) sessions * requests <= LOOKUPS_MAX,
        "--requests " + requests + ": of all sessions together it must be at most " + LOOKUPS_MAX);
    require(
        List.of(1, 3, 5, 7).contains(replicas),
        "--replicas " + replicas + ": it must be 1, 3, 5 or 7");
    require(List.of("disk", "os").contains(sync), "--sync " + sync + ": it must be disk or os");
    return new BenchPlan(
        gateway == null ? null : where.gateway(gateway),
        sessions,
        requests,
        different,
        repeat,
        warmUpMillis,
        failoverSeconds,
        replicas,
        sync,
        Where.seed(seed),
        deadlineMillis);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw where.usage(otherwise);
    }
  }
}
