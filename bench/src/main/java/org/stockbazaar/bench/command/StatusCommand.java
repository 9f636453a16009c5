package org.stockbazaar.bench.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.stockbazaar.bench.cluster.ClusterState;
import org.stockbazaar.bench.cluster.NodeState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what every process does. */
@Command(name = "status", description = "Show every process: state, role, last number, memory.")
final class StatusCommand implements Callable<Integer> {
  private static final long MIB = 1024 * 1024;

  @Mixin private Where where;

  @Override
  public Integer call() {
    ClusterState state = where.cluster().state();
    if (where.json()) {
      where.sayJson(state);
      return 0;
    }
    var table =
        new Table(
            "NAME",
            "STATE",
            "ROLE",
            ">PID",
            ">EPOCH",
            ">LAST NUMBER",
            ">LAG",
            ">MEMORY",
            "ADDRESS",
            "HEALTH");
    long total = 0;
    for (NodeState node : state.processes()) {
      table.add(row(node));
      total += node.pssBytes() == null ? 0 : node.pssBytes();
    }
    table.print(where.out());
    where.say("Memory together, shared pages counted once: " + total / MIB + " MiB");
    return 0;
  }

  private static List<String> row(NodeState node) {
    List<String> cells = new ArrayList<>();
    cells.add(node.name());
    cells.add(node.state());
    cells.add(shown(node.role()));
    cells.add(shown(node.pid()));
    cells.add(shown(node.epoch()));
    cells.add(shown(node.lastNumber()));
    cells.add(shown(node.lag()));
    cells.add(node.rssBytes() == null ? "-" : node.rssBytes() / MIB + " MiB");
    cells.add(node.address());
    cells.add("http://" + node.httpAddress());
    return cells;
  }

  private static String shown(Object value) {
    return value == null ? "-" : value.toString();
  }
}
