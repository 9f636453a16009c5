package org.stockbazaar.bench.reference;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

/**
 * Another generator, for a second opinion where it is installed: wrk, in C, closed loop, one
 * thread. It asks for one URL all the time.
 */
public final class Wrk {
  private static final Pattern RATE = Pattern.compile("(?m)^Requests/sec: +([0-9.]+)$");
  private static final Pattern FAILURES =
      Pattern.compile("(?m)^ *(Socket errors: .*|Non-2xx or 3xx responses: .*)$");
  private static final int LATE_SECONDS_MAX = 10;

  private final Path executable;

  private Wrk(Path executable) {
    this.executable = executable;
  }

  /**
   * Looks for wrk; null where it is not.
   *
   * @param path directories as in the environment's PATH, null for none
   */
  public static Wrk find(String path) {
    for (String directory : (path == null ? "" : path).split(File.pathSeparator, -1)) {
      Path executable = Path.of(directory, "wrk");
      if (!directory.isEmpty() && Files.isExecutable(executable)) {
        return new Wrk(executable);
      }
    }
    return null;
  }

  /**
   * Requests a second for {@code path} at {@code server}; {@link FailedException} when one fails.
   */
  public double rate(HostPort server, String path, int connections, int seconds) {
    try {
      Process process =
          new ProcessBuilder(
                  executable.toString(),
                  "--threads=1",
                  "--connections=" + connections,
                  "--duration=" + seconds + "s",
                  "http://" + server + path)
              .redirectErrorStream(true)
              .start();
      try {
        if (!process.waitFor(seconds + LATE_SECONDS_MAX, TimeUnit.SECONDS)) {
          throw new FailedException(executable + " did not end in time");
        }
        return rate(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new FailedException("cannot run " + executable + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
  }

  private double rate(String output) {
    Matcher failures = FAILURES.matcher(output);
    if (failures.find()) {
      throw new FailedException(executable + " met failures: " + failures.group(1));
    }
    Matcher rate = RATE.matcher(output);
    if (!rate.find()) {
      throw new FailedException(executable + " measured nothing; it says: " + output.strip());
    }
    return Double.parseDouble(rate.group(1));
  }
}
