package org.stockbazaar.bench.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.bench.session.SessionPlan;
import org.stockbazaar.bench.session.SessionResult;
import org.stockbazaar.bench.session.SessionRun;
import org.stockbazaar.protocol.config.HostPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs sessions against a gateway and gives a verdict. */
@Command(
    name = "session",
    description = {
      "Run keep-alive sessions that look stocks up, trade, and at the end ask for every order of"
          + " their own and compare it with what they remember.",
      "Status 1 on any difference."
    })
final class SessionCommand implements Callable<Integer> {
  private static final int SHOWN_MAX = 10;
  private static final double MICRO = 1000.0;

  @Mixin private Where where;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "The gateway (default: the first one of the system in --data).")
  private HostPort gateway;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      defaultValue = "1",
      description = "Sessions at once, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int sessions;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Stock lookups of each session (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--p",
      paramLabel = "P",
      defaultValue = "0.8",
      description = "Probability of a trade after a lookup, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double p;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides what is looked up and traded (default: another one each time).")
  private Long seed;

  @Option(
      names = "--deadline",
      paramLabel = "MILLIS",
      defaultValue = "10000",
      description =
          "How long a request is retried after 503, 504 or a broken connection, in milliseconds"
              + " (default: ${DEFAULT-VALUE}).")
  private long deadlineMillis;

  @Override
  public Integer call() {
    where.check("--sessions", sessions, 1, 1000);
    where.check("--requests", requests, 1, 100_000_000);
    where.check("--deadline", deadlineMillis, 1, 3_600_000);
    if (!(p >= 0 && p <= 1)) {
      throw where.usage("--p " + p + ": it must be 0 to 1");
    }
    HostPort address = where.gateway(gateway);
    long seedUsed = Where.seed(seed);
    var plan = new SessionPlan(address, sessions, requests, p, seedUsed, deadlineMillis);
    long start = System.nanoTime();
    SessionResult result =
        new SessionRun(plan, done -> where.progress(done + " requests answered")).run();
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    if (where.json()) {
      where.sayJson(json(plan, result, seconds));
    } else {
      print(plan, result, seconds);
    }
    return result.isGood() ? 0 : 1;
  }

  private void print(SessionPlan plan, SessionResult result, double seconds) {
    var table =
        new Table("REQUEST", ">COUNT", ">MEAN µs", ">p50", ">p90", ">p99", ">p99.9", ">MAX");
    for (RequestKind kind : RequestKind.values()) {
      Histogram h = result.measurements().of(kind);
      table.add(
          List.of(
              kind.word(),
              String.valueOf(h.getTotalCount()),
              micros(h.getTotalCount() == 0 ? 0 : h.getMean()),
              micros((double) h.getValueAtPercentile(50)),
              micros((double) h.getValueAtPercentile(90)),
              micros((double) h.getValueAtPercentile(99)),
              micros((double) h.getValueAtPercentile(99.9)),
              micros((double) h.getMaxValue())));
    }
    table.print(where.out());
    where.say(
        String.format(
            "%d session%s in %.1f s, p %s, seed %d: %d orders, %d refused with 409, %d retries",
            plan.sessions(),
            plan.sessions() == 1 ? "" : "s",
            seconds,
            plan.p(),
            plan.seed(),
            result.orders().size(),
            result.refusals(),
            result.retries()));
    show(result.failures());
    show(result.differences());
    where.say("Verdict: " + verdict(result));
  }

  private void show(List<String> lines) {
    lines.stream().limit(SHOWN_MAX).forEach(where::say);
    if (lines.size() > SHOWN_MAX) {
      where.say("… and " + (lines.size() - SHOWN_MAX) + " more");
    }
  }

  private static String verdict(SessionResult result) {
    int orders = result.orders().size();
    if (!result.isGood()) {
      return String.format(
          "BAD. Of %d orders %d were looked up and %d differ; %d requests failed.",
          orders, result.compared(), result.differences().size(), result.failures().size());
    }
    if (orders == 0) {
      return "good, but no order was placed: nothing was on offer, or p is too small.";
    }
    return "good. All " + orders + " orders were found as remembered.";
  }

  private static String micros(double nanos) {
    return String.format("%.0f", nanos / MICRO);
  }

  private static Map<String, Object> json(SessionPlan plan, SessionResult result, double seconds) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gateway", plan.gateway().toString());
    json.put("sessions", plan.sessions());
    json.put("p", plan.p());
    json.put("seed", plan.seed());
    json.put("seconds", seconds);
    json.put("orders", result.orders().size());
    json.put("refused", result.refusals());
    json.put("retries", result.retries());
    Map<String, Object> kinds = new LinkedHashMap<>();
    for (RequestKind kind : RequestKind.values()) {
      kinds.put(kind.word().replace(' ', '_'), HistogramJson.of(result.measurements().of(kind)));
    }
    json.put("requests", kinds);
    json.put("failures", result.failures());
    json.put("differences", result.differences());
    json.put("good", result.isGood());
    return json;
  }
}
