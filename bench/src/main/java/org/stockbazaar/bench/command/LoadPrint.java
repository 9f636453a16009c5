package org.stockbazaar.bench.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.load.Latencies;
import org.stockbazaar.bench.load.LoadPlan;
import org.stockbazaar.bench.load.LoadResult;
import org.stockbazaar.bench.load.Medians;
import org.stockbazaar.bench.load.Staircase;
import org.stockbazaar.bench.session.RequestKind;

/** What {@code load} prints, and the status that it ends with. */
final class LoadPrint {
  private static final double MICRO = 1000.0;
  private static final double GENERATOR_BUSY = 0.8;
  private static final String[] FIGURES = {
    ">ANSWERS/s", ">p50 µs", ">p90", ">p99", ">p99.9", ">MAX", ">GENERATOR"
  };

  private final Where where;
  private final LoadPlan plan;
  private final Bounds bounds;

  /**
   * What must be kept; null for anything.
   *
   * @param p99Micros most
   * @param rate least
   */
  record Bounds(Long p99Micros, Integer rate) {}

  /**
   * What wrk measured.
   *
   * @param rate answers a second of Stock Bazaar
   * @param referenceRate of the bare program
   */
  record SecondOpinion(double rate, double referenceRate) {
    double ratio() {
      return rate / referenceRate;
    }
  }

  LoadPrint(Where where, LoadPlan plan, Bounds bounds) {
    this.where = where;
    this.plan = plan;
    this.bounds = bounds;
  }

  // ---- one target ------------------------------------------------------------------------------

  /** One run in full, of several the medians too. */
  int runs(List<LoadResult> runs) {
    List<String> problems = problems(runs);
    if (where.json()) {
      Map<String, Object> json = json(runs);
      json.put("problems", problems);
      where.sayJson(json);
      return problems.isEmpty() ? 0 : 1;
    }
    if (runs.size() == 1) {
      print(runs.get(0));
    } else {
      var table = new Table(heads("ROUND"));
      for (int i = 0; i < runs.size(); i++) {
        table.add(row(String.valueOf(i + 1), Medians.of(runs.subList(i, i + 1))));
      }
      table.add(row("median", Medians.of(runs)));
      table.print(where.out());
    }
    return end(problems);
  }

  private void print(LoadResult result) {
    var table = new Table("REQUEST", "FROM", ">COUNT", ">p50 µs", ">p90", ">p99", ">p99.9", ">MAX");
    Latencies latencies = result.latencies();
    for (RequestKind kind : RequestKind.values()) {
      if (plan.mix().weights().containsKey(kind)) {
        if (plan.rate() > 0) {
          row(table, kind.word(), "due", latencies.corrected(kind));
        }
        row(table, kind.word(), "sent", latencies.uncorrected(kind));
      }
    }
    if (plan.rate() > 0) {
      row(table, "send lag", "due", latencies.lag());
    }
    table.print(where.out());
    where.say(
        String.format(
            "%.0f answers/s%s on %d connections for %.0f s; the generator: %.0f %% of a core,"
                + " %.1f µs a request",
            result.rate(),
            plan.rate() > 0 ? " at " + plan.rate() + " asked for" : "",
            plan.lanes(),
            plan.millis() / 1000.0,
            100 * result.generatorLoad(),
            result.generatorNanosPerRequest() / MICRO));
    new SecondsPrint(result.seconds()).lines().forEach(where::say);
    if (latencies.unanswered() > 0) {
      where.say(
          latencies.unanswered() + " requests had no answer at the end; they count as that long.");
    }
    if (result.generatorLoad() > GENERATOR_BUSY) {
      where.say("The generator may be the bottleneck: it used most of a core.");
    }
  }

  private static void row(Table table, String name, String from, Histogram h) {
    table.add(
        List.of(
            name,
            from,
            String.valueOf(h.getTotalCount()),
            micros(h.getValueAtPercentile(50) / MICRO),
            micros(h.getValueAtPercentile(90) / MICRO),
            micros(h.getValueAtPercentile(99) / MICRO),
            micros(h.getValueAtPercentile(99.9) / MICRO),
            micros(h.getMaxValue() / MICRO)));
  }

  // ---- beside a reference ----------------------------------------------------------------------

  /**
   * @param opinion null for none
   */
  int comparison(
      String reference, List<LoadResult> ours, List<LoadResult> bare, SecondOpinion opinion) {
    List<String> problems = problems(ours);
    problems(bare).forEach(problem -> problems.add(reference + ": " + problem));
    Medians ourMedians = Medians.of(ours);
    Medians bareMedians = Medians.of(bare);
    Medians ratio = ourMedians.over(bareMedians);
    if (where.json()) {
      Map<String, Object> json = json(ours);
      json.put("reference", reference);
      json.put("reference_medians", bareMedians);
      json.put("reference_rounds", bare.stream().map(this::json).toList());
      json.put("ratio", ratio);
      if (opinion != null) {
        json.put(
            "wrk",
            Map.of(
                "rate", opinion.rate,
                "reference_rate", opinion.referenceRate,
                "ratio", opinion.ratio()));
      }
      json.put("problems", problems);
      where.sayJson(json);
      return problems.isEmpty() ? 0 : 1;
    }
    var table = new Table(heads("MEDIANS OF " + ours.size()));
    table.add(row("Stock Bazaar", ourMedians));
    table.add(row(reference, bareMedians));
    table.add(ratios(ratio));
    table.print(where.out());
    if (opinion != null) {
      where.say(
          String.format(
              "wrk on one stock, medians as well: %.0f and %.0f answers/s, ratio %.2f",
              opinion.rate, opinion.referenceRate, opinion.ratio()));
    }
    return end(problems);
  }

  private static String[] heads(String first) {
    var heads = new String[FIGURES.length + 1];
    heads[0] = first;
    System.arraycopy(FIGURES, 0, heads, 1, FIGURES.length);
    return heads;
  }

  private static List<String> row(String name, Medians figures) {
    return List.of(
        name,
        String.format("%.0f", figures.rate()),
        micros(figures.p50Micros()),
        micros(figures.p90Micros()),
        micros(figures.p99Micros()),
        micros(figures.p999Micros()),
        micros(figures.maxMicros()),
        String.format("%.0f %%", 100 * figures.generatorLoad()));
  }

  private static List<String> ratios(Medians ratio) {
    return List.of(
        "ratio",
        times(ratio.rate()),
        times(ratio.p50Micros()),
        times(ratio.p90Micros()),
        times(ratio.p99Micros()),
        times(ratio.p999Micros()),
        times(ratio.maxMicros()),
        "");
  }

  private static String times(double ratio) {
    return String.format("%.2f", ratio);
  }

  // ---- a staircase -----------------------------------------------------------------------------

  int staircase(List<Staircase.Step> steps) {
    int highest = Staircase.highest(steps);
    List<String> problems = new ArrayList<>();
    if (bounds.rate != null && highest < bounds.rate) {
      problems.add("the highest rate is " + highest + ", below --rate-min " + bounds.rate);
    }
    if (where.json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("p99_max_micros", bounds.p99Micros);
      json.put("highest_rate", highest);
      json.put("problems", problems);
      where.sayJson(json);
      return problems.isEmpty() ? 0 : 1;
    }
    var table = new Table(heads("RATE"));
    for (Staircase.Step step : steps) {
      String rate = step.rate() + (step.kept() ? "" : " too much");
      table.add(row(rate, Medians.of(List.of(step.result()))));
    }
    table.print(where.out());
    where.say(
        "The highest rate that keeps p99 at most "
            + bounds.p99Micros
            + " µs: "
            + highest
            + " requests/s.");
    return end(problems);
  }

  // ---- verdict ---------------------------------------------------------------------------------

  private List<String> problems(List<LoadResult> runs) {
    List<String> problems = new ArrayList<>();
    for (LoadResult run : runs) {
      problems.addAll(run.problems());
    }
    Medians medians = Medians.of(runs);
    if (bounds.p99Micros != null && medians.p99Micros() > bounds.p99Micros) {
      problems.add(
          "p99 is " + micros(medians.p99Micros()) + " µs, above --p99-max " + bounds.p99Micros);
    }
    if (bounds.rate != null && medians.rate() < bounds.rate) {
      problems.add(
          String.format("%.0f answers/s, below --rate-min %d", medians.rate(), bounds.rate));
    }
    return problems;
  }

  private int end(List<String> problems) {
    problems.forEach(where::say);
    return problems.isEmpty() ? 0 : 1;
  }

  private static String micros(double micros) {
    return String.format("%.0f", micros);
  }

  private Map<String, Object> json(List<LoadResult> runs) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("connections", plan.lanes());
    json.put("rate_asked", plan.rate());
    json.put("seconds", plan.millis() / 1000.0);
    json.put("seed", plan.seed());
    json.put("medians", Medians.of(runs));
    json.put("rounds", runs.stream().map(this::json).toList());
    return json;
  }

  private Map<String, Object> json(LoadResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    Latencies latencies = result.latencies();
    json.put("rate", result.rate());
    json.put("generator_load", result.generatorLoad());
    json.put("generator_micros_per_request", result.generatorNanosPerRequest() / MICRO);
    json.put("statuses", latencies.statuses());
    json.put("broken", latencies.broken());
    json.put("unanswered", latencies.unanswered());
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (RequestKind kind : RequestKind.values()) {
      if (plan.mix().weights().containsKey(kind)) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("corrected", HistogramJson.of(latencies.corrected(kind)));
        figures.put("uncorrected", HistogramJson.of(latencies.uncorrected(kind)));
        kinds.put(kind.word().replace(' ', '_'), figures);
      }
    }
    json.put("requests", kinds);
    new SecondsPrint(result.seconds()).json(json);
    json.put("send_lag", HistogramJson.of(latencies.lag()));
    return json;
  }
}
