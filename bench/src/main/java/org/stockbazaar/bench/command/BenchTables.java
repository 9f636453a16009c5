package org.stockbazaar.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.stockbazaar.bench.experiment.BenchResult;
import org.stockbazaar.bench.experiment.CaseResult;
import org.stockbazaar.bench.experiment.Point;
import org.stockbazaar.bench.report.Figures;
import org.stockbazaar.bench.report.Method;
import org.stockbazaar.bench.report.Row;
import org.stockbazaar.bench.report.Rows;
import org.stockbazaar.bench.report.Side;
import org.stockbazaar.bench.report.Summary;
import org.stockbazaar.bench.report.Words;
import org.stockbazaar.bench.session.RequestKind;

/** Prints a bench's result: one table for each kind of request, one for failovers, the verdict. */
final class BenchTables {
  private static final int PROBLEMS_MAX = 10;

  private final BenchResult result;
  private final Rows rows;
  private final Where where;

  BenchTables(BenchResult result, Where where) {
    this.result = result;
    this.rows = Rows.of(result);
    this.where = where;
  }

  void print() {
    for (RequestKind kind : RequestKind.values()) {
      points(kind);
    }
    if (result.outages().isEmpty()) {
      if (!result.plan().isOwnSystem()) {
        where.say(
            "Measured from outside: the cache as it is, of the gateway's latencies only the mean, and"
                + " no failover.");
      }
    } else {
      failover();
    }
    where.say("Latencies in µs; GW: measured by the gateway itself. " + medians());
    where.say(Method.CLOSED_LOOP);
    where.say("");
    for (Summary.Headline headline : Summary.of(result)) {
      where.say(headline.what() + ": " + headline.value() + " (" + headline.note() + ")");
    }
    result.problems().stream().limit(PROBLEMS_MAX).forEach(where::say);
    if (result.problemCount() > PROBLEMS_MAX) {
      where.say("… of " + result.problemCount() + "; the report has the first of each run");
    }
  }

  private String medians() {
    int rounds = result.plan().repeat();
    return rounds == 1
        ? "One round."
        : "Medians of " + rounds + " rounds; maxima and gaps are the largest of any round.";
  }

  private void points(RequestKind kind) {
    var table =
        new Table(
            kind.word().toUpperCase(Locale.ROOT) + ": CACHE",
            ">p %",
            ">COUNT",
            ">MEAN",
            ">p50",
            ">p90",
            ">p99",
            ">p99.9",
            ">MAX",
            ">GW MEAN",
            ">GW p50",
            ">GW p99",
            ">GW SHARE");
    boolean any = false;
    for (CaseResult measured : result.points()) {
      var point = (Point) measured.what();
      Row client = rows.together(point, kind, Side.CLIENT);
      if (client != null) {
        any = true;
        List<String> cells = new ArrayList<>();
        cells.add(point.cache().word());
        cells.add(String.valueOf(point.percent()));
        cells.addAll(client(client));
        cells.addAll(gateway(client, rows.together(point, kind, Side.GATEWAY)));
        table.add(cells);
      }
    }
    if (any) {
      table.print(where.out());
      where.say("");
    }
  }

  private void failover() {
    var table =
        new Table(
            "FAILOVER",
            "REQUEST",
            ">COUNT",
            ">MEAN",
            ">p50",
            ">p90",
            ">p99",
            ">p99.9",
            ">MAX",
            ">GAP OF ONE ms",
            ">GAP OF ALL ms");
    for (CaseResult outage : result.outages()) {
      for (RequestKind kind : List.of(RequestKind.TRADE, RequestKind.LOOKUP)) {
        Row client = rows.together(outage.what(), kind, Side.CLIENT);
        if (client != null) {
          List<String> cells = new ArrayList<>();
          cells.add(outage.what().words());
          cells.add(kind.word());
          cells.addAll(client(client));
          cells.add(Words.millis(client.gapOneMillis()));
          cells.add(Words.millis(client.gapAllMillis()));
          table.add(cells);
        }
      }
    }
    table.print(where.out());
    where.say("");
  }

  private static List<String> client(Row row) {
    Figures figures = row.figures();
    return List.of(
        Words.count(figures.count()),
        Words.micros(figures.mean()),
        Words.micros(figures.p50()),
        Words.micros(figures.p90()),
        Words.micros(figures.p99()),
        Words.micros(figures.p999()),
        Words.micros(figures.max()));
  }

  private static List<String> gateway(Row client, Row gateway) {
    return List.of(
        Words.micros(gateway == null ? Double.NaN : gateway.figures().mean()),
        Words.micros(gateway == null ? Double.NaN : gateway.figures().p50()),
        Words.micros(gateway == null ? Double.NaN : gateway.figures().p99()),
        Words.share(client, gateway));
  }
}
