package org.stockbazaar.bench.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** End a process at once with SIGKILL; it is not started again. */
@Command(
    name = "kill",
    description = "End a process at once with SIGKILL; it is not started again.")
final class KillCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "A process as in 'bazaar status', or leader.")
  private String name;

  @Override
  public Integer call() {
    String done = where.cluster().kill(name);
    if (where.json()) {
      where.sayJson(Map.of("name", done, "done", "killed"));
    } else {
      where.say(done + " is killed.");
    }
    return 0;
  }
}
