package org.stockbazaar.protocol.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.NodeOptions;
import org.stockbazaar.protocol.config.Version;
import org.stockbazaar.protocol.logging.Logging;

/**
 * Runs one node in this process until SIGTERM or SIGINT: then the node drains, for at most {@value
 * #DRAIN_SECONDS_MAX} s, and the process ends with status 0. A node that cannot go on calls {@link
 * #stop}.
 */
public final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final int DRAIN_SECONDS_MAX = 9;

  private NodeProcess() {}

  /**
   * Starts the node that {@code wiring} makes and waits for its end. {@link FailedException} when
   * it cannot start.
   *
   * @param name as in logs: {@code order-3}
   */
  public static int run(String name, NodeOptions options, Function<Transport, Node> wiring) {
    Logging.start(name, options.logFormat());
    LOG.info("starting {} {} on Java {}", name, Version.current(), Runtime.version());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            stop("a failure that nobody foresaw, in " + thread.getName(), failure));
    var transport = Transport.open(name);
    Node node;
    try {
      node = wiring.apply(transport);
      node.start();
    } catch (RuntimeException e) {
      transport.close();
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> drain(transport, node), "drain"));
    // Only a signal, or stop, ends the process.
    transport.loop().terminationFuture().awaitUninterruptibly();
    return 1;
  }

  private static void drain(Transport transport, Node node) {
    LOG.info("stopping");
    var drained = new CountDownLatch(1);
    transport.loop().execute(() -> node.drain(drained::countDown));
    if (await(drained, TimeUnit.SECONDS.toMillis(DRAIN_SECONDS_MAX))) {
      LOG.info("stopped");
    } else {
      LOG.warn("stopped with work left after {} s", DRAIN_SECONDS_MAX);
    }
    // Else the status would be the signal's, 143, as if the node had not ended by itself.
    Runtime.getRuntime().halt(0);
  }

  private static boolean await(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Ends the process with status 1, at once and without draining: for a node whose state can no
   * longer be trusted.
   */
  public static void stop(String reason, Throwable cause) {
    LOG.error("stopping at once: {}", reason, cause);
    Runtime.getRuntime().halt(1);
  }
}
