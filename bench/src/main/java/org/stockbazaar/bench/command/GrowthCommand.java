package org.stockbazaar.bench.command;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stockbazaar.bench.growth.Dimension;
import org.stockbazaar.bench.growth.Growth;
import org.stockbazaar.bench.growth.GrowthPlan;
import org.stockbazaar.bench.growth.GrowthResult;
import org.stockbazaar.bench.report.GrowthFields;
import org.stockbazaar.bench.report.GrowthReport;
import org.stockbazaar.bench.report.GrowthTable;
import org.stockbazaar.bench.report.Method;
import org.stockbazaar.bench.report.ReportFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how cost grows with sessions, stocks, orders and replicas, and writes a report. */
@Command(
    name = "growth",
    description = {
      "Measure how many trades a second there are, and how long they take, over the number of"
          + " sessions, of listed stocks (lookups as well), of orders in the log (order lookups as"
          + " well), and of replicas; write a report with tables and plots.",
      "It starts systems of its own, on free ports, and ends them; a running one is left alone, but"
          + " takes its share of the machine.",
      "Sessions are a closed loop: each waits for its answer before it asks again. Status 1 when a"
          + " request failed or a trade was refused."
    })
final class GrowthCommand implements Callable<Integer> {
  private static final int VALUES_MAX = 12;

  @Mixin private Where where;

  @Option(
      names = "--only",
      paramLabel = "DIMENSION",
      split = ",",
      defaultValue = "sessions,stocks,orders,replicas",
      description = "What grows: some of these (default: ${DEFAULT-VALUE}).")
  private List<Dimension> only;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,4,16,64,256,1024",
      description =
          "Sessions, each 1 to 1024, since no more trades may wait at a gateway (default:"
              + " ${DEFAULT-VALUE}; where something else grows: 64).")
  private List<Integer> sessions;

  @Option(
      names = "--stocks",
      paramLabel = "N",
      split = ",",
      defaultValue = "10,1000,100000,1000000",
      description =
          "Listed stocks, each 1 to 1000000 (default: ${DEFAULT-VALUE}; where something else grows:"
              + " 1000).")
  private List<Integer> stocks;

  @Option(
      names = "--orders",
      paramLabel = "N",
      split = ",",
      defaultValue = "0,100000,1000000,10000000",
      description =
          "Orders placed before, each 0 to 100000000; each takes 128 bytes of disk on each of three"
              + " replicas (default: ${DEFAULT-VALUE}).")
  private List<Integer> orders;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,3,5",
      description =
          "Order nodes, each 1, 3, 5 or 7 (default: ${DEFAULT-VALUE}; where something else grows:"
              + " 3).")
  private List<Integer> replicas;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How long each point is measured, for each kind of request, 1 to 600 (default:"
              + " ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "MILLIS",
      defaultValue = "2000",
      description =
          "Traffic before each measurement that is not measured, in milliseconds, 100 to 60000; five"
              + " times as long on a fresh system (default: ${DEFAULT-VALUE}).")
  private int warmUpMillis;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Rounds of all of it, 1 to 25; figures are their medians (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Decides the order of points and what is asked for (default: another one each time).")
  private Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes (default: reports/TIME in the data directory).")
  private Path out;

  @Override
  public Integer call() {
    GrowthPlan plan = plan();
    Path directory = where.report(out);
    GrowthResult result = new Growth(plan, where.layout().root(), where::progress).run();
    Path page = ReportFiles.write(directory, result);
    if (where.json()) {
      Map<String, Object> json = new LinkedHashMap<>(GrowthFields.json(result));
      json.put("report", page.toString());
      where.sayJson(json);
    } else {
      print(result);
      where.say("Report: " + page);
    }
    return result.isGood() ? 0 : 1;
  }

  private void print(GrowthResult result) {
    for (GrowthTable growth : GrowthTable.of(result)) {
      var table = new Table(growth.heads().stream().map(head -> ">" + head).toArray(String[]::new));
      growth.rows().forEach(table::add);
      table.print(where.out());
      where.say(GrowthReport.caption(growth.dimension()) + ".");
      where.say("");
    }
    where.say(Method.CLOSED_LOOP);
    result.problems().forEach(where::say);
    where.say("Verdict: " + (result.isGood() ? "good" : "BAD") + ".");
  }

  private GrowthPlan plan() {
    where.check("--seconds", seconds, 1, 600);
    where.check("--warm-up", warmUpMillis, 100, 60_000);
    where.check("--rounds", rounds, 1, 25);
    check("--sessions", sessions, 1, 1_024);
    check("--stocks", stocks, 1, 1_000_000);
    check("--orders", orders, 0, 100_000_000);
    if (!List.of(1, 3, 5, 7).containsAll(replicas)) {
      throw where.usage("--replicas " + replicas + ": each must be 1, 3, 5 or 7");
    }
    check("--replicas", replicas, 1, 7);
    Map<Dimension, List<Integer>> values = new EnumMap<>(Dimension.class);
    only.forEach(dimension -> values.put(dimension, values(dimension)));
    return new GrowthPlan(values, seconds * 1_000, warmUpMillis, rounds, Where.seed(seed));
  }

  private void check(String option, List<Integer> values, int min, int max) {
    values.forEach(value -> where.check(option, value, min, max));
    if (values.size() > VALUES_MAX) {
      throw where.usage(option + " " + values + ": it must be up to " + VALUES_MAX + " values");
    }
  }

  private List<Integer> values(Dimension dimension) {
    return switch (dimension) {
      case SESSIONS -> sessions;
      case STOCKS -> stocks;
      case ORDERS -> orders;
      case REPLICAS -> replicas;
    };
  }
}
