package org.stockbazaar.bench.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.stockbazaar.protocol.config.Commands;
import org.stockbazaar.protocol.logging.Logging;

/** Runs {@code bazaar} within the test. */
public final class CommandLines {
  private CommandLines() {}

  /** What a command left behind. */
  public record Result(int status, String out, String err) {}

  public static Result bazaar(String... arguments) {
    Logging.off();
    var out = new StringWriter();
    var err = new StringWriter();
    var line = Commands.of(new Bazaar(), Map.of());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    int status = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return new Result(status, out.toString(), err.toString());
  }
}
