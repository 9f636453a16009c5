package org.stockbazaar.bench.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.Kind;
import org.stockbazaar.bench.cluster.Layout;
import org.stockbazaar.bench.cluster.NodePlan;
import org.stockbazaar.bench.cluster.NodeState;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.bench.cluster.Site;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

/**
 * A system of our own, in a directory that goes with it. Its gateway writes its latencies down.
 * Closing it kills what lives, also when the command ends early; one thread may close it while
 * another one is in it.
 */
public final class FreshSystem implements AutoCloseable {
  private static final long SHARES = 1_000_000;

  private final Path directory;
  private final Cluster cluster;
  private final Consumer<String> progress;
  private final Thread user = Thread.currentThread();
  private final Thread atExit = new Thread(this::abandon, "at exit");
  private boolean closed;

  /** Everything here, and a histogram log from each gateway. */
  private record Measured(Path directory) implements Site {
    @Override
    public List<NodePlan> place(List<NodePlan> nodes) {
      return nodes.stream().map(node -> node.kind() == Kind.GATEWAY ? logged(node) : node).toList();
    }

    private NodePlan logged(NodePlan node) {
      List<String> arguments = new ArrayList<>(node.arguments());
      arguments.addAll(List.of("--hlog", histogramLog(directory, node.name()).toString()));
      return new NodePlan(
          node.name(),
          node.kind(),
          node.node(),
          node.address(),
          node.http(),
          node.ports(),
          List.copyOf(arguments));
    }

    @Override
    public List<String> command(NodePlan node, List<String> command) {
      return HERE.command(node, command);
    }

    @Override
    public HttpReply get(NodePlan node, String path, int timeoutMillis) throws IOException {
      return HERE.get(node, path, timeoutMillis);
    }
  }

  private FreshSystem(Path directory, Settings settings, Consumer<String> progress) {
    this.directory = directory;
    this.progress = progress;
    var layout = new Layout(directory);
    cluster = new Cluster(layout, settings, new Measured(layout.root()), progress);
  }

  /**
   * Starts a system and returns when it is ready.
   *
   * @param parent where its directory is made, and with it on which disk orders lie
   */
  static FreshSystem start(Path parent, Settings settings, Consumer<String> progress) {
    return start(parent, settings, List.of(), progress);
  }

  /**
   * Starts a system and returns when it is ready; {@link FailedException} when it cannot be.
   *
   * @param parent where its directory is made, and with it on which disk orders lie
   * @param stocks names of those that it lists, a million shares of each; none for the settings'
   */
  public static FreshSystem start(
      Path parent, Settings settings, List<String> stocks, Consumer<String> progress) {
    try {
      Files.createDirectories(parent);
      Path directory = Files.createTempDirectory(parent, "bench-").toAbsolutePath();
      Settings listing = stocks.isEmpty() ? settings : listing(directory, settings, stocks);
      var system = new FreshSystem(directory, listing, progress);
      Runtime.getRuntime().addShutdownHook(system.atExit);
      boolean started = false;
      try {
        system.startAll();
        started = true;
      } finally {
        if (!started) {
          system.close();
        }
      }
      return system;
    } catch (IOException e) {
      throw new FailedException("cannot write in " + parent + ": " + e, e);
    }
  }

  private static Settings listing(Path directory, Settings settings, List<String> stocks)
      throws IOException {
    Path file = directory.resolve("stocks.csv");
    try (var lines = Files.newBufferedWriter(file)) {
      lines.write("name,price,quantity,max_trading_volume\n");
      for (String stock : stocks) {
        lines.write(stock + ",1.00," + SHARES + ",\n");
      }
    }
    long max = Math.max(settings.stocksMax(), stocks.size());
    return settings.withStocks(file.toString(), max, settings.checkpointEntries());
  }

  private synchronized void startAll() {
    cluster.start();
  }

  /** Where its gateway listens. */
  public HostPort gateway() {
    return cluster.settings().gatewayAddress();
  }

  /** Its processes, to be asked; what changes them is here. */
  public Cluster cluster() {
    return cluster;
  }

  /** The order node that leads. */
  String leader() {
    return cluster.node("leader").name();
  }

  /** An order node that follows. */
  String follower() {
    return cluster.state().processes().stream()
        .filter(node -> "follower".equals(node.role()))
        .map(NodeState::name)
        .findFirst()
        .orElseThrow(() -> new FailedException("no order node follows"));
  }

  synchronized void kill(String name) {
    requireOpen();
    cluster.kill(name);
  }

  /** Starts a killed node; returns when the system is ready. */
  synchronized void restart(String name) {
    requireOpen();
    cluster.restart(name);
  }

  /** Ends it in order, so that its gateway's histogram log is complete. */
  synchronized void stop() {
    requireOpen();
    cluster.stop();
  }

  private void requireOpen() {
    if (closed) {
      throw new FailedException("interrupted");
    }
  }

  /** What the gateway measured; complete once the system is stopped. */
  Path histogramLog() {
    return histogramLog(directory, "gateway-1");
  }

  private static Path histogramLog(Path directory, String gateway) {
    return directory.resolve(gateway + ".hlog");
  }

  /** When the command ends early: whoever waits in here stops waiting, and then all of it ends. */
  private void abandon() {
    user.interrupt();
    end();
  }

  /** Returns when all of it has ended, even if the caller is interrupted. */
  @Override
  public void close() {
    // On a thread of its own, since an interrupted one can neither lock a file nor wait for a kill.
    var ending = new Thread(this::end, "end system");
    ending.start();
    boolean interrupted = false;
    while (ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void end() {
    if (closed) {
      return;
    }
    closed = true;
    for (String name : cluster.names()) {
      killIfAlive(name);
    }
    if (cluster.anyAlive()) {
      progress.accept("some of it still runs; 'bazaar down --data " + directory + "' ends it");
    } else {
      delete();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The command is ending, and this is the hook.
    }
  }

  private void killIfAlive(String name) {
    try {
      cluster.kill(name);
    } catch (FailedException e) {
      // Stopped or dead already; who is not is named by the caller.
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      progress.accept("cannot delete " + directory + ": " + e);
    }
  }
}
