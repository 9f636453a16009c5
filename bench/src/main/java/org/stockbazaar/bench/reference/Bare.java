package org.stockbazaar.bench.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.bench.cluster.Home;
import org.stockbazaar.bench.cluster.Kind;
import org.stockbazaar.protocol.config.FailedException;

/** A process of a bare program, from when it listens until it is closed. */
final class Bare implements AutoCloseable {
  private static final String LISTENS = "listens";
  private static final long END_SECONDS_MAX = 5;

  private final Process process;

  private Bare(Process process) {
    this.process = process;
  }

  /** The program says that it takes connections. */
  static void listens() {
    System.out.println(LISTENS);
    System.out.flush();
  }

  /**
   * Starts a program and waits until it listens.
   *
   * @param kind whose JVM flags it gets
   */
  static Bare start(Kind kind, Class<?> program, String... arguments) {
    try {
      List<String> command = Home.find().java(kind);
      command.add(program.getName());
      command.addAll(List.of(arguments));
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var said = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.equals(LISTENS)) {
          return new Bare(process);
        }
        said.append(line).append('\n');
      }
      throw new FailedException(program.getSimpleName() + " did not start: " + said);
    } catch (IOException e) {
      throw new FailedException("cannot start " + program.getSimpleName() + ": " + e, e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
