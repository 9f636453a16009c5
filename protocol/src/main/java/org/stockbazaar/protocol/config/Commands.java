package org.stockbazaar.protocol.config;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
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
    line.registerConverter(HostPort.class, new Parser<>(HostPort::parse));
    line.registerConverter(PeerList.class, new Parser<>(PeerList::parse));
    line.registerConverter(Millis.class, new Parser<>(Millis::parse));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    var errors = new Errors();
    line.setParameterExceptionHandler(errors);
    line.setExecutionExceptionHandler(errors);
    return line;
  }

  // picocli's class files are so old that a lambda of one of its interfaces would keep that
  // interface, and all that implements it, out of the archive of classes.

  private record Parser<T>(Function<String, T> parse) implements ITypeConverter<T> {
    @Override
    public T convert(String text) {
      return parse.apply(text);
    }
  }

  private static final class Errors
      implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
      CommandLine line = error.getCommandLine();
      PrintWriter out = line.getErr();
      out.println(line.getCommandSpec().qualifiedName() + ": " + error.getMessage());
      if (!UnmatchedArgumentException.printSuggestions(error, out)) {
        out.println("See " + line.getCommandSpec().qualifiedName() + " --help.");
      }
      return CommandLine.ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(
        Exception error, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
      if (error instanceof FailedException) {
        line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + error.getMessage());
        return CommandLine.ExitCode.SOFTWARE;
      }
      throw error;
    }
  }
}
