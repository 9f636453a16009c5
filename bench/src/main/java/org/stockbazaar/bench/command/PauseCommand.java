package org.stockbazaar.bench.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Pause a process with SIGSTOP. */
@Command(name = "pause", description = "Pause a process with SIGSTOP.")
final class PauseCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "A process as in 'bazaar status', or leader.")
  private String name;

  @Override
  public Integer call() {
    String done = where.cluster().pause(name);
    if (where.json()) {
      where.sayJson(Map.of("name", done, "done", "paused"));
    } else {
      where.say(done + " is paused.");
    }
    return 0;
  }
}
