package org.stockbazaar.bench.command;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.stockbazaar.bench.verify.NodeCheck;
import org.stockbazaar.order.log.LogExporter;
import org.stockbazaar.order.log.LogVerifier;
import org.stockbazaar.order.log.Verification;
import org.stockbazaar.protocol.config.FailedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads one order node's directory, without a running node or beside it. */
@Command(
    name = "order",
    description = "Read one order node's directory: verify it, or export it as CSV.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {OrderCommand.Verify.class, OrderCommand.Export.class})
final class OrderCommand implements Runnable {
  @SuppressWarnings("UnusedVariable") // for its options
  @Mixin
  private Where where;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? verify DIR or export DIR");
  }

  /** Verifies one log. */
  @Command(
      name = "verify",
      description = "Verify one order log: chain, numbering, books. Status 1 when it is bad.")
  static final class Verify implements Callable<Integer> {
    @Mixin private Where where;

    @Parameters(paramLabel = "DIR", description = "An order node's directory: .bazaar/order-1.")
    private Path directory;

    @Override
    public Integer call() {
      Verification log = LogVerifier.verify(directory);
      NodeCheck check = NodeCheck.of(directory.toString(), log);
      if (where.json()) {
        where.sayJson(check);
      } else {
        VerifyCommand.print(where, List.of(check));
        where.say(
            log.good()
                ? "Verdict: good: chain, numbering and books are right."
                : "Verdict: BAD, see above.");
      }
      return log.good() ? 0 : 1;
    }
  }

  /** Exports one log. */
  @Command(name = "export", description = "Write one order log as CSV to standard output.")
  static final class Export implements Callable<Integer> {
    @Mixin private Where where;

    @Parameters(paramLabel = "DIR", description = "An order node's directory: .bazaar/order-1.")
    private Path directory;

    @Override
    public Integer call() {
      try {
        LogExporter.Export export = LogExporter.export(directory, where.out());
        where.out().flush();
        if (!export.problem().isEmpty()) {
          throw new FailedException(
              export.problem() + " (" + export.entries() + " entries before it are exported)");
        }
        where.progress(export.entries() + " entries, " + export.orders() + " of them orders");
        return 0;
      } catch (UncheckedIOException e) {
        throw new FailedException("cannot export: " + e.getCause().getMessage(), e);
      }
    }
  }
}
