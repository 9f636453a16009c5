package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.Layout;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.bench.cluster.Settings;
import org.stockbazaar.bench.command.CommandLines;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.protocol.config.HostPort;

/**
 * A system of real processes for the tests of one class: in a directory and on ports of its own,
 * ended with them. When a test fails it prints what the processes do and what they said last.
 */
public final class LiveSystem
    implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {
  /** How long a test waits for anything: it says "hangs", never "slow". */
  static final long PATIENCE_MILLIS = 90_000;

  private static final int DUMP_LINES = 40;

  private final UnaryOperator<Settings> shape;
  private Path directory;
  private Cluster cluster;
  private boolean failed;

  public LiveSystem() {
    this(UnaryOperator.identity());
  }

  /**
   * @param shape changes the settings of the smallest system, which has one node of each kind
   */
  public LiveSystem(UnaryOperator<Settings> shape) {
    this.shape = shape;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("stock-bazaar-it");
    Settings settings = shape.apply(Settings.DEFAULT.withNodes(1, 1));
    settings = settings.withPort(Ports.freeFor(settings));
    cluster = new Cluster(new Layout(directory), settings, line -> {});
    try {
      cluster.start();
    } catch (RuntimeException e) {
      System.err.println(cluster.dump(DUMP_LINES));
      afterAll(context);
      throw e;
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      failed = true;
      System.err.println("== " + context.getDisplayName() + " failed; " + directory);
      System.err.println(cluster.dump(DUMP_LINES));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    for (String name : cluster.names()) {
      if (cluster.node(name) != null && isAlive(name)) {
        cluster.kill(name);
      }
    }
    if (!failed) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private boolean isAlive(String name) {
    return state(name).matches("running|paused");
  }

  /** running, paused, dead or stopped. */
  public String state(String name) {
    return cluster.state().process(name).state();
  }

  public Cluster cluster() {
    return cluster;
  }

  public HostPort gateway() {
    return cluster.settings().gatewayAddress();
  }

  /** A client that retries for as long as a test waits. */
  public GatewayClient client() {
    return new GatewayClient(gateway(), PATIENCE_MILLIS);
  }

  /** A connection that never retries. */
  public HttpConnection http() {
    return new HttpConnection(gateway(), (int) PATIENCE_MILLIS);
  }

  /** Runs a bazaar command on this system. */
  public CommandLines.Result bazaar(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = directory.toString();
    return CommandLines.bazaar(all);
  }

  /** The verdict of {@code bazaar verify} must be good. */
  public void requireVerified() {
    CommandLines.Result result = bazaar("verify");
    assertThat(result.status()).as(result.out() + result.err()).isZero();
  }

  /** Waits until it holds. */
  static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waits for %s", what).isLessThan(end);
      Thread.sleep(10);
    }
  }
}
