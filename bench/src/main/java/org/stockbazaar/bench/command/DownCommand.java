package org.stockbazaar.bench.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.stockbazaar.bench.cluster.Cluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a system. */
@Command(
    name = "down",
    description = "Stop the system; return when all its processes are gone. Its data stays.")
final class DownCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Override
  public Integer call() {
    boolean ran = false;
    if (where.layout().settings() != null) {
      Cluster cluster = where.cluster();
      ran = cluster.anyAlive();
      cluster.stop();
    }
    if (where.json()) {
      where.sayJson(Map.of("was_running", ran));
    } else {
      where.say(ran ? "Stock Bazaar is down." : "Nothing runs here.");
    }
    return 0;
  }
}
