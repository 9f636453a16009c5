package org.stockbazaar.bench.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.Layout;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every subcommand, and where it prints; a picocli mixin. */
final class Where {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");
  private static final int CONNECT_MILLIS_MAX = 5000;
  private static final String DEFAULT = ".bazaar";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "The system's data directory (default: ${DEFAULT-VALUE}).")
  private Path data;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  Layout layout() {
    return new Layout(data);
  }

  Cluster cluster() {
    return Cluster.open(layout(), this::progress);
  }

  /** Where a report goes that is begun now: as given, else in the data directory by the time. */
  Path report(Path given) {
    String time = LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    Path directory = given == null ? layout().root().resolve("reports").resolve(time) : given;
    return directory.toAbsolutePath().normalize();
  }

  /** The gateway to talk to: as given, else the first one of this system; it must answer. */
  HostPort gateway(HostPort given) {
    Settings settings = layout().settings();
    HostPort address =
        given != null ? given : (settings == null ? Settings.DEFAULT : settings).gatewayAddress();
    try {
      HttpConnection.get(address, "/livez", CONNECT_MILLIS_MAX);
      return address;
    } catch (IOException e) {
      throw new FailedException(
          "no gateway answers on "
              + address
              + " ("
              + e.getMessage()
              + "); start one with '"
              + call("up")
              + "', or give its address with --gateway HOST:PORT",
          e);
    }
  }

  /** What is wrong with the options: status 2, and the usage. */
  ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  /** Refuses an option's value that is not within these bounds. */
  void check(String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw usage(option + " " + value + ": it must be " + min + " to " + max);
    }
  }

  /** The seed as given, else another one each time. */
  static long seed(Long given) {
    return given == null ? System.nanoTime() & 0xffff_ffffL : given;
  }

  boolean json() {
    return json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Prints one line of the result. */
  void say(String line) {
    out().println(line);
    out().flush();
  }

  /** Prints what happens meanwhile, apart from the result. */
  void progress(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  void sayJson(Object value) {
    try {
      say(JSON.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How people call {@code bazaar} for this data directory: to be pasted into a shell. */
  String call(String arguments) {
    String command = System.getProperty("bazaar.command", "bazaar") + " " + arguments;
    return data.equals(Path.of(DEFAULT)) ? command : command + " --data " + data;
  }
}
