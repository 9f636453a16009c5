package org.stockbazaar.bench.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Start a dead process, or stop and start a live one; return when it is up. */
@Command(
    name = "restart",
    description = "Start a dead process, or stop and start a live one; return when it is up.")
final class RestartCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "A process as in 'bazaar status', or leader.")
  private String name;

  @Override
  public Integer call() {
    String done = where.cluster().restart(name);
    if (where.json()) {
      where.sayJson(Map.of("name", done, "done", "up"));
    } else {
      where.say(done + " is up.");
    }
    return 0;
  }
}
