package org.stockbazaar.bench.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.bench.load.FrameTarget;
import org.stockbazaar.bench.load.HttpTarget;
import org.stockbazaar.bench.load.LoadPlan;
import org.stockbazaar.bench.load.LoadResult;
import org.stockbazaar.bench.load.LoadRun;
import org.stockbazaar.bench.load.Medians;
import org.stockbazaar.bench.load.Mix;
import org.stockbazaar.bench.load.Rounds;
import org.stockbazaar.bench.load.Staircase;
import org.stockbazaar.bench.load.Target;
import org.stockbazaar.bench.reference.Reference;
import org.stockbazaar.bench.reference.Wrk;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.bench.session.UnansweredException;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Puts load on a gateway, or on the leading order node, and prints latencies. */
@Command(
    name = "load",
    description = {
      "Send requests at a constant rate, whatever becomes of them, and measure each one from when it"
          + " was due: what users at that rate feel. Beside it: from when it could be sent, which"
          + " hides that a slow answer made the next request wait. Meanwhile the machine itself is"
          + " watched: whether a stall was its own.",
      "Without --rate each connection asks again as soon as it is answered (closed loop): the most"
          + " that there is.",
      "Status 1 when requests failed, or --p99-max or --rate-min is not kept."
    })
final class LoadCommand implements Callable<Integer> {
  private static final int TIMEOUT_MILLIS = 10_000;

  @Mixin private Where where;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "The gateway (default: the first one of the system in --data).")
  private HostPort gateway;

  @Option(
      names = "--frames",
      description =
          "Ask the order node that leads, in frames over one channel, each of --connections being a"
              + " request in flight.")
  private boolean frames;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Requests a second, up to 1000000 (default: 0, as many as are answered).")
  private int rate;

  @Option(
      names = "--find-rate",
      description = "Look for the highest rate that keeps --p99-max, step by step.")
  private boolean findRate;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Connections, each with one request at a time, 1 to 4096 (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "lookup",
      converter = MixConverter.class,
      description =
          "What is asked for: lookup, trade, order, or weights: lookup=80,trade=20 (default:"
              + " ${DEFAULT-VALUE}).")
  private Mix mix;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long is measured, 1 to 86400 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "3",
      description = "Seconds of the same load before, 0 to 3600 (default: ${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "Do all that so often and show the medians, 1 to 99 (default: 1).")
  private int rounds;

  @Option(
      names = "--reference",
      description =
          "Put the same load in turn on a bare program that does what such a request needs at least,"
              + " and nothing else, and show the ratios. For lookups, for trades with one"
              + " connection, and for --frames.")
  private boolean withReference;

  @Option(
      names = "--p99-max",
      paramLabel = "MICROS",
      description = "Status 1 when the 99th percentile, from due, is above: microseconds.")
  private Long p99MaxMicros;

  @Option(
      names = "--rate-min",
      paramLabel = "N",
      description = "Status 1 when fewer requests a second are answered.")
  private Integer rateMin;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides what is asked for (default: another one each time).")
  private Long seed;

  /** Reads a mix for picocli. */
  static final class MixConverter implements ITypeConverter<Mix> {
    @Override
    public Mix convert(String text) {
      try {
        return Mix.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Override
  public Integer call() {
    checkOptions();
    HostPort address = where.gateway(gateway);
    long seedUsed = Where.seed(seed);
    Path watched = gateway == null ? where.layout().root() : null;
    var plan =
        new LoadPlan(
            connections, rate, mix, warmUpSeconds * 1000, seconds * 1000, seedUsed, watched);
    Target target = target(address);
    var print = new LoadPrint(where, plan, new LoadPrint.Bounds(p99MaxMicros, rateMin));
    if (findRate) {
      return climb(target, plan, print);
    }
    if (!withReference) {
      return print.runs(new Rounds(List.of(target), plan, where::progress).run(rounds).get(0));
    }
    try (var reference = reference(address)) {
      List<Target> targets = List.of(target, reference.target());
      var results = new Rounds(targets, plan, where::progress).run(rounds);
      var opinion = secondOpinion(targets);
      return print.comparison(reference.toString(), results.get(0), results.get(1), opinion);
    }
  }

  /** What wrk finds for lookups of one stock, in turn as well; null where there is no wrk. */
  private LoadPrint.SecondOpinion secondOpinion(List<Target> targets) {
    Wrk wrk = Wrk.find(System.getenv("PATH"));
    if (wrk == null
        || mix.weights().containsKey(RequestKind.TRADE)
        || !(targets.get(0) instanceof HttpTarget ours)
        || !(targets.get(1) instanceof HttpTarget bare)) {
      return null;
    }
    String path = "/stocks/" + ours.stocks().get(0);
    List<Double> rates = new ArrayList<>();
    List<Double> bareRates = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      where.progress("round " + round + " of " + rounds + ": wrk on both");
      rates.add(wrk.rate(ours.server(), path, connections, seconds));
      bareRates.add(wrk.rate(bare.server(), path, connections, seconds));
    }
    return new LoadPrint.SecondOpinion(median(rates), median(bareRates));
  }

  private static double median(List<Double> rates) {
    return Medians.median(rates.stream().mapToDouble(rate -> rate));
  }

  private int climb(Target target, LoadPlan plan, LoadPrint print) {
    long nanos = TimeUnit.MICROSECONDS.toNanos(p99MaxMicros);
    return print.staircase(new Staircase(nanos, asked -> step(target, plan, asked)).climb());
  }

  private LoadResult step(Target target, LoadPlan plan, int asked) {
    where.progress(asked == 0 ? "closed loop" : asked + " requests/s");
    return new LoadRun(target, plan.at(asked), where::progress).run();
  }

  // ---- options ---------------------------------------------------------------------------------

  private void checkOptions() {
    where.check("--rate", rate, 0, 1_000_000);
    where.check("--connections", connections, 1, 4096);
    where.check("--seconds", seconds, 1, 86_400);
    where.check("--warm-up", warmUpSeconds, 0, 3600);
    where.check("--rounds", rounds, 1, 99);
    if (p99MaxMicros != null) {
      where.check("--p99-max", p99MaxMicros, 1, 3_600_000_000L);
    }
    if (rateMin != null) {
      where.check("--rate-min", rateMin, 1, 10_000_000);
    }
    if (findRate && (p99MaxMicros == null || rate > 0 || withReference || rounds > 1)) {
      throw where.usage(
          "--find-rate needs --p99-max and goes without --rate, --reference and --rounds");
    }
    if (frames && mix.weights().containsKey(RequestKind.LOOKUP)) {
      throw where.usage("--frames: order nodes answer no lookups; use --mix trade, order, or both");
    }
    boolean lookups = mix.weights().keySet().equals(Set.of(RequestKind.LOOKUP));
    boolean lonelyTrades =
        mix.weights().keySet().equals(Set.of(RequestKind.TRADE)) && connections == 1;
    if (withReference && !frames && !lookups && !lonelyTrades) {
      throw where.usage(
          "--reference is there for --mix lookup, for --mix trade --connections 1, and for"
              + " --frames");
    }
  }

  // ---- targets ---------------------------------------------------------------------------------

  private Target target(HostPort address) {
    List<String> names = new ArrayList<>();
    long orders = 0;
    try (var client = new GatewayClient(address, TIMEOUT_MILLIS)) {
      client.stocks().forEach(stock -> names.add(stock.name()));
      if (mix.weights().containsKey(RequestKind.ORDER_LOOKUP)) {
        orders = orders(client);
      }
    } catch (UnansweredException e) {
      throw new FailedException(e.getMessage(), e);
    }
    if (names.isEmpty()) {
      throw new FailedException(
          "no stocks are listed; list some with '" + where.call("catalog list FILE") + "'");
    }
    return frames
        ? FrameTarget.leader(where.cluster(), names, orders)
        : new HttpTarget(address, names, orders);
  }

  /** How many orders there are: their numbers begin with 0 and have no gaps. */
  private long orders(GatewayClient client) throws UnansweredException {
    long none = 1;
    while (client.order(none - 1) != null) {
      none *= 2;
    }
    long some = none / 2;
    while (none - some > 1) {
      long middle = (some + none) / 2;
      if (client.order(middle - 1) != null) {
        some = middle;
      } else {
        none = middle;
      }
    }
    if (some == 0) {
      throw new FailedException(
          "there are no orders to look up; place some with '" + where.call("session") + "'");
    }
    return some;
  }

  private Reference reference(HostPort address) {
    if (frames) {
      return Reference.frames(where.layout().secret());
    }
    if (mix.weights().containsKey(RequestKind.TRADE)) {
      Settings settings = where.layout().settings();
      if (settings == null) {
        throw new FailedException(
            "--reference for trades runs beside a system in --data; start one with '"
                + where.call("up")
                + "'");
      }
      return Reference.trade(where.layout().root(), settings.sync());
    }
    try (var client = new HttpConnection(address, TIMEOUT_MILLIS)) {
      String first = client.exchange("GET", "/stocks?limit=1", null).body();
      String name = first.replaceFirst("(?s).*?\"name\":\"([^\"]*)\".*", "$1");
      return Reference.http(client.exchange("GET", "/stocks/" + name, null));
    } catch (IOException e) {
      throw new FailedException("the gateway on " + address + " broke off: " + e, e);
    }
  }
}
