package org.stockbazaar.protocol.config;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a picocli command as all programs here do: options by flag, then by environment variable,
 * then by default; an error is one sentence with the next step; status 0, 1 (failed) or 2 (usage).
 */
public final class Commands {
  private Commands() {}

  /** Runs {@code command} with the process's environment; returns the exit status. */
  public static int run(Object command, String... arguments) {
    return of(command, System.getenv()).execute(arguments);
  }

  /** The command line over {@code command}, for tests and for help texts. */
  public static CommandLine of(Object command, Map<String, String> environment) {
    var line = new CommandLine(command);
    line.setDefaultValueProvider(new Environment(environment));
    line.registerConverter(HostPort.class, HostPort::parse);
    line.registerConverter(PeerList.class, PeerList::parse);
    line.registerConverter(Millis.class, Millis::parse);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setParameterExceptionHandler(Commands::usage);
    line.setExecutionExceptionHandler(Commands::failure);
    return line;
  }

  private static int usage(ParameterException error, String[] arguments) {
    CommandLine line = error.getCommandLine();
    PrintWriter out = line.getErr();
    out.println(line.getCommandSpec().qualifiedName() + ": " + error.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(error, out)) {
      out.println("See " + line.getCommandSpec().qualifiedName() + " --help.");
    }
    return CommandLine.ExitCode.USAGE;
  }

  private static int failure(Exception error, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (error instanceof FailedException) {
      line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + error.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw error;
  }
}
