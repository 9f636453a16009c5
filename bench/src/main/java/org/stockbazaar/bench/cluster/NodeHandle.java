package org.stockbazaar.bench.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.stockbazaar.protocol.config.FailedException;

/** One node of a system: starts its process and finds it again by what lies in {@code run/}. */
final class NodeHandle {
  private static final int PORT_TRIES = 25;

  private final NodePlan plan;
  private final Layout layout;
  private final Site site;
  // Only of a process that this command started: the exit status is its parent's to know.
  private Process child;
  private long logBytesBefore;

  NodeHandle(NodePlan plan, Layout layout, Site site) {
    this.plan = plan;
    this.layout = layout;
    this.site = site;
  }

  NodePlan plan() {
    return plan;
  }

  Site site() {
    return site;
  }

  String name() {
    return plan.name();
  }

  /** Starts its process, detached: it holds no stream of this one and outlives it. */
  void start(Home home) throws IOException {
    requireFreePorts();
    Path log = layout.log(name());
    logBytesBefore = Files.exists(log) ? Files.size(log) : 0;
    var builder = new ProcessBuilder(site.command(plan, home.command(plan)));
    // One arena of the C library serves a node with one thread; more only cost memory.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
    // On large pages: a killed node's memory is freed sooner, and only then its peers know.
    builder.environment().putIfAbsent("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    child =
        builder
            .directory(layout.root().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    OsProcess process = OsProcess.of(child.pid());
    if (process != null) {
      Files.writeString(layout.started(name()), process.started() + "\n");
    }
    Files.writeString(layout.pid(name()), child.pid() + "\n");
  }

  private void requireFreePorts() {
    for (int port : plan.ports()) {
      if (!becomesFree(port)) {
        throw new FailedException(
            "port "
                + port
                + ", which "
                + name()
                + " needs, is in use by another program; stop it"
                + " ('ss -ltnp' names it), or choose other ports with 'bazaar up --port PORT'");
      }
    }
  }

  /** The kernel may take a moment to close what a process that has just ended had open. */
  private static boolean becomesFree(int port) {
    for (int i = 0; i < PORT_TRIES && !Ports.isFree(port); i++) {
      Await.pause();
    }
    return Ports.isFree(port);
  }

  /** Its process as it was started last; null when it was stopped, or never started. */
  OsProcess process() {
    try {
      return new OsProcess(number(layout.pid(name())), number(layout.started(name())));
    } catch (IOException | NumberFormatException e) {
      return null;
    }
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
  }

  boolean alive() {
    OsProcess process = process();
    return process != null && process.alive();
  }

  /** running, paused, dead or stopped. */
  String state() {
    OsProcess process = process();
    if (process == null) {
      return "stopped";
    }
    return switch (process.state()) {
      case RUNNING -> "running";
      case PAUSED -> "paused";
      case GONE -> "dead";
    };
  }

  void signal(String signal) throws IOException {
    OsProcess process = process();
    if (process != null) {
      process.signal(signal);
    }
  }

  /** Asks it to end; a paused process hears that only when it goes on. */
  void terminate() throws IOException {
    signal("TERM");
    signal("CONT");
  }

  /** Waits for its end and then counts it as stopped; false when it still lives. */
  boolean awaitEnd(long timeoutMillis) throws IOException {
    OsProcess process = process();
    if (process != null && !process.awaitEnd(timeoutMillis)) {
      return false;
    }
    Files.deleteIfExists(layout.pid(name()));
    Files.deleteIfExists(layout.started(name()));
    return true;
  }

  /** What to say when it ended while it was to start; null while it lives. */
  String ended() {
    if (alive()) {
      return null;
    }
    var text = new StringBuilder(name()).append(" ended while starting");
    if (child != null) {
      text.append(", with exit status ").append(exitStatus());
    }
    text.append(". The end of ").append(layout.log(name())).append(":\n");
    for (String line : tail(8)) {
      text.append("  ").append(line).append('\n');
    }
    return text.append("Mend what it names, then run 'bazaar up' again.").toString();
  }

  private int exitStatus() {
    try {
      return child.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The last lines of its log, of those written since this command started it. */
  List<String> tail(int lines) {
    Deque<String> last = new ArrayDeque<>();
    try (var in = Files.newInputStream(layout.log(name()))) {
      in.skipNBytes(logBytesBefore);
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        last.add(line);
        if (last.size() > lines) {
          last.remove();
        }
      }
    } catch (IOException e) {
      // Without a log there is nothing to show.
    }
    return List.copyOf(last);
  }
}
