package org.stockbazaar.bench.command;

import org.stockbazaar.protocol.config.Commands;
import org.stockbazaar.protocol.config.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts, stops, tries and checks a Stock Bazaar on this machine. */
@Command(
    name = "bazaar",
    mixinStandardHelpOptions = true,
    description = "Starts, stops, tries and checks a Stock Bazaar on this machine.",
    versionProvider = Bazaar.Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:done, or a good verdict", "1:failed, or a bad verdict", "2:wrong usage"},
    footer = {"", "Begin with 'bazaar up'. Each command has its own --help."},
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      KillCommand.class,
      RestartCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      TransferCommand.class,
      SessionCommand.class,
      BenchCommand.class,
      LoadCommand.class,
      GrowthCommand.class,
      ChaosCommand.class,
      VerifyCommand.class,
      CatalogCommand.class,
      OrderCommand.class
    })
public final class Bazaar implements Runnable {
  @Spec private CommandSpec spec;

  /** Exits with the status of the subcommand. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(new Bazaar(), arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? Begin with 'up'.");
  }

  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bazaar " + Version.current()};
    }
  }
}
