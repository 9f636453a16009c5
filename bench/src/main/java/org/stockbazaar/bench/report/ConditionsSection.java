package org.stockbazaar.bench.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.Conditions;
import org.stockbazaar.bench.experiment.RunResult;

/** The part of the page about the machine, the build, and every single run. */
final class ConditionsSection {
  private static final double GIB = 1024.0 * 1024 * 1024;
  private static final List<String> RUNS =
      List.of(
          "Run",
          "round",
          "seconds",
          "requests",
          "requests/s",
          "orders",
          "refused with 409",
          "retries");

  private ConditionsSection() {}

  /**
   * Names and values, in the order in which they are to be read.
   *
   * @param begin when it began
   * @param seconds how long it took
   */
  private static List<List<String>> lines(Instant begin, double seconds, Conditions conditions) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("Begun", begin + ", took " + Math.round(seconds) + " s"));
    lines.add(List.of("Processor", conditions.cpu() + ", " + conditions.cores() + " cores"));
    lines.add(List.of("Memory", memory(conditions.memoryBytes())));
    lines.add(List.of("Load before", load(conditions.load())));
    lines.add(List.of("Kernel", conditions.kernel()));
    lines.add(List.of("JVM", conditions.jvm()));
    lines.add(List.of("Stock Bazaar", conditions.version() + ", commit " + conditions.commit()));
    conditions.libraries().forEach((name, version) -> lines.add(List.of(name, version)));
    lines.add(List.of("Durability", conditions.durability()));
    lines.add(List.of("File system of the logs", conditions.fileSystem()));
    lines.add(List.of("Placement", conditions.placement()));
    conditions
        .flags()
        .forEach((who, flags) -> lines.add(List.of("JVM flags: " + who, String.join(" ", flags))));
    return lines;
  }

  private static String memory(long bytes) {
    return bytes == 0 ? "not known" : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }

  private static String load(double load) {
    return load < 0
        ? "not known"
        : String.format(Locale.ROOT, "%.1f processes over the last minute", load);
  }

  /** The machine and the build alone: a heading and a list, for a section. */
  static String list(Instant begin, double seconds, Conditions conditions) {
    var html = new StringBuilder(Html.element("h2", "Conditions")).append("<dl>\n");
    for (List<String> line : lines(begin, seconds, conditions)) {
      html.append(Html.element("dt", line.get(0))).append(Html.element("dd", line.get(1)));
    }
    return html.append("</dl>\n").toString();
  }

  static String html(BenchResult result) {
    var html = new StringBuilder("<section>\n");
    html.append(list(result.begin(), result.seconds(), result.conditions()));
    html.append("<details><summary>Every run</summary>\n");
    html.append(Html.table("What each run did", Html.head(RUNS), runs(result)));
    return html.append("</details>\n</section>\n").toString();
  }

  private static List<List<String>> runs(BenchResult result) {
    List<List<String>> rows = new ArrayList<>();
    result
        .cases()
        .forEach(measured -> measured.runs().forEach(run -> rows.add(run(measured, run))));
    return rows;
  }

  private static List<String> run(CaseResult measured, RunResult run) {
    double seconds = Math.max(run.seconds(), 0.001);
    return List.of(
        measured.what().words(),
        String.valueOf(run.round()),
        String.format(Locale.ROOT, "%.1f", seconds),
        Words.count(run.answers()),
        Words.count(Math.round(run.answers() / seconds)),
        Words.count(run.tally().orders()),
        Words.count(run.tally().refusals()),
        Words.count(run.tally().retries()));
  }
}
