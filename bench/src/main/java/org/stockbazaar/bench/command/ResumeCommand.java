package org.stockbazaar.bench.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Let a paused process go on with SIGCONT. */
@Command(name = "resume", description = "Let a paused process go on with SIGCONT.")
final class ResumeCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Parameters(paramLabel = "NAME", description = "A process as in 'bazaar status', or leader.")
  private String name;

  @Override
  public Integer call() {
    String done = where.cluster().resume(name);
    if (where.json()) {
      where.sayJson(Map.of("name", done, "done", "running"));
    } else {
      where.say(done + " is running.");
    }
    return 0;
  }
}
