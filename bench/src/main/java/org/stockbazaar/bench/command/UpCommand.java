package org.stockbazaar.bench.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.protocol.config.FailedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a system and returns when it trades. */
@Command(
    name = "up",
    description = {
      "Start the system and return when it is ready.",
      "Options that are not given stay as they were the last time."
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "Order nodes: 1, 3, 5 or 7 (at first: 3).")
  private Integer replicas;

  @Option(names = "--gateways", paramLabel = "N", description = "Gateways, 1 to 20 (at first: 1).")
  private Integer gateways;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = {
        "Port of the first gateway (at first: 8080); the next ones follow in steps of 10.",
        "The catalog listens 1000 above it, order nodes from 1010 above it."
      })
  private Integer port;

  @Option(
      names = "--sync",
      paramLabel = "disk|os",
      description =
          "What an order waits for: the disk, or the operating system, which is faster and loses"
              + " orders when the machine loses power (at first: disk).")
  private String sync;

  @Option(
      names = "--stocks",
      paramLabel = "FILE",
      description = "Stocks to list: CSV with name,price,quantity,max_trading_volume.")
  private Path stocks;

  @Option(
      names = "--stocks-max",
      paramLabel = "N",
      description = "How many stocks there can be, 1 to 10000000 (at first: 100000).")
  private Long stocksMax;

  @Option(
      names = "--checkpoint-entries",
      paramLabel = "N",
      description =
          "The catalog writes a checkpoint after so many entries of the order log, or as many as"
              + " there are stocks when that is more; at least 1000 (at first: 500000).")
  private Long checkpointEntries;

  @Option(
      names = "--cache",
      paramLabel = "on|off",
      description = "Whether gateways keep stocks in memory (at first: on).")
  private String cache;

  @Option(
      names = "--allow-reset",
      negatable = true,
      description =
          "Let operators set all stocks back to what they were listed with (at first: not).")
  private Boolean allowReset;

  @Override
  public Integer call() {
    var layout = where.layout();
    Settings before = layout.settings();
    if (before != null) {
      var existing = new Cluster(layout, before, where::progress);
      if (existing.allAlive()) {
        existing.start();
        tellRunning(existing);
        return 0;
      }
      if (existing.anyAlive() && !wanted(before).equals(before)) {
        throw new FailedException(
            "parts of the system run with other options; 'bazaar down' ends them first");
      }
    }
    Settings settings = wanted(before == null ? Settings.DEFAULT : before);
    if (before != null && before.replicas() != settings.replicas()) {
      throw new FailedException(
          layout.root()
              + " holds a group of "
              + before.replicas()
              + " order nodes, and a group's"
              + " size stays as it began; choose another directory with --data, or delete this one");
    }
    long start = System.nanoTime();
    var cluster = new Cluster(layout, settings, where::progress);
    cluster.start();
    tellReady(cluster, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    return 0;
  }

  private Settings wanted(Settings base) {
    return new Settings(
        replicas == null ? base.replicas() : replicas,
        gateways == null ? base.gateways() : gateways,
        port == null ? base.port() : port,
        sync == null ? base.sync() : sync,
        stocks == null ? base.stocks() : stocksFile(),
        stocksMax == null ? base.stocksMax() : stocksMax,
        checkpointEntries == null ? base.checkpointEntries() : checkpointEntries,
        cache == null ? base.cache() : cache,
        allowReset == null ? base.allowReset() : allowReset);
  }

  private String stocksFile() {
    if (!Files.isReadable(stocks)) {
      throw new FailedException(
          "--stocks " + stocks + ": there is no such file, or no right to read it");
    }
    return stocks.toAbsolutePath().normalize().toString();
  }

  private void tellRunning(Cluster cluster) {
    if (!where.json()) {
      String note = "";
      if (!wanted(cluster.settings()).equals(cluster.settings())) {
        note = "; for other options run '" + where.call("down") + "' first";
      }
      where.say("Stock Bazaar is running already" + note + ".");
    }
    tell(cluster, true, 0);
  }

  private void tellReady(Cluster cluster, long millis) {
    if (!where.json()) {
      where.say(String.format("Stock Bazaar is up; ready in %.1f s.", millis / 1000.0));
    }
    tell(cluster, false, millis);
  }

  private void tell(Cluster cluster, boolean already, long millis) {
    List<String> gateways = gateways(cluster);
    if (where.json()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("already_running", already);
      result.put("ready_millis", millis);
      result.put("leader", cluster.state().leader());
      result.put("gateways", gateways);
      result.put("data", cluster.layout().root().toString());
      where.sayJson(result);
      return;
    }
    for (int i = 0; i < gateways.size(); i++) {
      where.say(String.format("  %-11s%s", "gateway-" + (i + 1), gateways.get(i)));
    }
    where.say("  data       " + cluster.layout().root());
    where.say("Next:");
    boolean own = cluster.settings().stocks() != null;
    where.say("  curl " + gateways.get(0) + (own ? "/stocks" : "/stocks/GameStart"));
    where.say("  " + where.call("session --requests 2000 --p 0.8"));
    where.say("  " + where.call("down"));
  }

  private static List<String> gateways(Cluster cluster) {
    List<String> addresses = new ArrayList<>();
    for (String name : cluster.names()) {
      if (name.startsWith("gateway")) {
        addresses.add("http://" + cluster.node(name).address());
      }
    }
    return addresses;
  }
}
