package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A system of processes that each run in a network namespace of their own; ended with the tests of
 * one class. Where the machine does not allow it, they are skipped.
 */
final class NetworkSystem implements BeforeAllCallback, AfterAllCallback {
  private static final long RUN_SECONDS_MAX = 600;

  private final Namespaces namespaces = NetworkRun.namespaces(ProcessHandle.current().pid());
  private final Thread onExit = new Thread(this::removeQuietly);
  private Path directory;
  private boolean failed;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    String missing = missing();
    if (missing != null) {
      String skipped = "Skipped, processes cannot be in networks of their own here: " + missing;
      System.out.println(skipped);
      Assumptions.abort(skipped);
    }
    Runtime.getRuntime().addShutdownHook(onExit);
    directory = Files.createTempDirectory("stock-bazaar-net");
  }

  /** Makes the namespaces; null, or why that cannot be. */
  private String missing() {
    try {
      Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      if (!Integer.valueOf(0).equals(user)) {
        return "it takes root, and this is user " + user;
      }
      Namespaces.run(List.of("ip", "-V"));
      Namespaces.run(List.of("timeout", "1", "bash", "-c", "true"));
      Namespaces.removeLeftovers();
      namespaces.create();
      return null;
    } catch (IOException | RuntimeException e) {
      return e.getMessage();
    }
  }

  /** Why packets cannot be delayed and lost at random here; null when they can. */
  String disturbing() {
    return namespaces.disturbing();
  }

  /** Lets a fault happen while clients trade; they must not notice, and all must be well then. */
  void happens(NetworkFault fault) throws IOException, InterruptedException {
    Path output = directory.resolve(fault + ".out");
    Process run =
        new ProcessBuilder(namespaces.atHub(command(fault)))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = run.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS);
    run.destroyForcibly();
    int status = run.waitFor();
    String said = Files.readString(output, StandardCharsets.UTF_8);
    System.out.print(said);
    failed |= status != 0;
    assertThat(ended).as("%s ends; files in %s%n%s", fault, directory, said).isTrue();
    assertThat(status).as("%s; files in %s%n%s", fault, directory, said).isZero();
  }

  private List<String> command(NetworkFault fault) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        NetworkRun.class.getName(),
        String.valueOf(ProcessHandle.current().pid()),
        directory.toString(),
        fault.name());
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (directory == null) {
      return;
    }
    namespaces.remove();
    Runtime.getRuntime().removeShutdownHook(onExit);
    if (!failed) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void removeQuietly() {
    try {
      namespaces.remove();
    } catch (IOException e) {
      System.err.println("network namespaces stay: " + e.getMessage());
    }
  }
}
