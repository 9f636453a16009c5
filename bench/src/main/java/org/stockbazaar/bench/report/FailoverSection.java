package org.stockbazaar.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.experiment.BenchPlan;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.FaultMark;
import org.stockbazaar.bench.experiment.KindResult;
import org.stockbazaar.bench.experiment.RunResult;
import org.stockbazaar.bench.experiment.Slice;
import org.stockbazaar.bench.session.RequestKind;

/** The part of the page about missing replicas: table, percentiles, and latency over time. */
final class FailoverSection {
  /** Order lookups come when the clients have stopped trading, long after any fault. */
  static final List<RequestKind> KINDS = List.of(RequestKind.TRADE, RequestKind.LOOKUP);

  private static final List<String> HEAD =
      List.of(
          "Replicas, request",
          "count",
          "mean, µs",
          "p50",
          "p90",
          "p99",
          "p99.9",
          "max",
          "gateway’s share",
          "gap of one, ms",
          "gap of all, ms");
  private static final double MICRO = 1000;

  private final BenchResult result;
  private final Rows rows;

  FailoverSection(BenchResult result, Rows rows) {
    this.result = result;
    this.rows = rows;
  }

  /** Empty without failover runs. */
  String html() {
    if (result.outages().isEmpty()) {
      return "";
    }
    var html = new StringBuilder("<section>\n").append(Html.element("h2", "Failover"));
    html.append(Html.element("p", explanation(result.plan())));
    html.append(Html.table("Latency while replicas are missing", Html.head(HEAD), table()));
    html.append("<div class=\"plots\">\n");
    KINDS.forEach(kind -> html.append(percentiles(kind)));
    html.append("</div>\n").append(outageLegend()).append("<div class=\"plots\">\n");
    result.outages().forEach(outage -> html.append(courses(outage)));
    return html.append("</div>\n").append(courseLegend()).append("</section>\n").toString();
  }

  static String explanation(BenchPlan plan) {
    return String.format(
        Locale.ROOT,
        "Each run lasts %d s at p %.0f %%, with the cache on. Where the leader is killed, that is"
            + " after half of the time, and its process starts again after three quarters. The gap"
            + " of one is the longest time from one answer of that kind to the next that a client saw;"
            + " the gap of all, the longest time in which no client had one.",
        plan.failoverSeconds(),
        BenchPlan.FAILOVER_P * 100);
  }

  private List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    for (CaseResult outage : result.outages()) {
      for (RequestKind kind : KINDS) {
        Row client = rows.together(outage.what(), kind, Side.CLIENT);
        if (client != null) {
          List<String> cells = new ArrayList<>();
          cells.add(outage.what().words() + ", " + kind.word());
          cells.add(Words.count(client.figures().count()));
          cells.addAll(HtmlReport.cells(client));
          cells.add(Words.share(client, rows.together(outage.what(), kind, Side.GATEWAY)));
          cells.add(Words.millis(client.gapOneMillis()));
          cells.add(Words.millis(client.gapAllMillis()));
          table.add(cells);
        }
      }
    }
    return table;
  }

  private String percentiles(RequestKind kind) {
    List<Histogram> all = result.outages().stream().map(outage -> outage.client(kind)).toList();
    var plot = new PercentilePlot(kind.word() + " latency over percentile", all);
    for (int i = 0; i < all.size(); i++) {
      plot.line(result.outages().get(i).what().words(), "c" + i, all.get(i));
    }
    return Html.figure(Words.title(kind) + " latency over percentile, at the client", plot.svg());
  }

  private String outageLegend() {
    var html = new StringBuilder("<ul class=\"legend\">");
    for (int i = 0; i < result.outages().size(); i++) {
      html.append(Html.key("c" + i, result.outages().get(i).what().words()));
    }
    return html.append("</ul>\n").toString();
  }

  private static String courseLegend() {
    return "<ul class=\"legend\">"
        + Html.key("c0", "median")
        + Html.key("c1", "99th percentile")
        + Html.key("c3 off", "maximum")
        + "</ul>\n";
  }

  private String courses(CaseResult outage) {
    RunResult worst =
        outage.runs().stream()
            .max(Comparator.comparingLong(FailoverSection::tradeGap))
            .orElse(null);
    var html = new StringBuilder();
    for (RequestKind kind : KINDS) {
      if (worst != null && worst.kinds().containsKey(kind)) {
        String what = Words.title(kind) + " latency over time, " + outage.what().words();
        List<Slice> course = worst.kinds().get(kind).course();
        String svg = CoursePlot.svg(what, course, worst.faults(), low(), high());
        html.append(Html.figure(what + ", round " + worst.round() + faults(worst), svg));
      }
    }
    return html.toString();
  }

  private static long tradeGap(RunResult run) {
    KindResult trades = run.kinds().get(RequestKind.TRADE);
    return trades == null ? 0 : trades.gapAllNanos();
  }

  private static String faults(RunResult run) {
    List<String> words = new ArrayList<>();
    for (FaultMark fault : run.faults()) {
      words.add(
          String.format(
              Locale.ROOT,
              "%d: %s at %.2f s",
              words.size() + 1,
              fault.what(),
              fault.atMillis() / 1000));
    }
    return words.isEmpty() ? "" : words.stream().collect(Collectors.joining("; ", " — ", ""));
  }

  /** All courses share an axis. */
  private double low() {
    return slices().stream().mapToDouble(s -> s.getMinValue() / MICRO).min().orElse(1);
  }

  private double high() {
    return slices().stream().mapToDouble(s -> s.getMaxValue() / MICRO).max().orElse(1);
  }

  private List<Histogram> slices() {
    return result.outages().stream()
        .flatMap(outage -> outage.runs().stream())
        .flatMap(run -> run.kinds().values().stream())
        .flatMap(of -> of.course().stream())
        .map(Slice::latencies)
        .filter(latencies -> latencies.getTotalCount() > 0)
        .toList();
  }
}
