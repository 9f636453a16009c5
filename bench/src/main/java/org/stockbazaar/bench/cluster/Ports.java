package org.stockbazaar.bench.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells free ports by binding them. */
public final class Ports {
  // Below the range from which Linux takes ports for outgoing connections.
  private static final int FIRST = 10_000;
  private static final int LAST = 30_000;
  private static final int STEP = 40;
  private static final AtomicInteger TRIED = new AtomicInteger();

  private Ports() {}

  /** Whether nothing listens on that port of the loopback interface. */
  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that is free together with the few after it. */
  public static int free() {
    return freeFor(Settings.DEFAULT);
  }

  /** A port for a system's first gateway with which all ports of that system are free. */
  public static int freeFor(Settings settings) {
    int start = (int) (ProcessHandle.current().pid() * 97 % (LAST - FIRST));
    for (int i = 0; i < (LAST - FIRST) / STEP; i++) {
      int tried = TRIED.getAndIncrement();
      int port = FIRST + (start + tried * STEP) % (LAST - FIRST);
      if (allFree(settings.withPort(port))) {
        return port;
      }
    }
    throw new IllegalStateException("no free ports between " + FIRST + " and " + LAST);
  }

  private static boolean allFree(Settings settings) {
    for (NodePlan node : settings.nodes(new Layout(Path.of("")))) {
      for (int port : node.ports()) {
        if (!isFree(port)) {
          return false;
        }
      }
    }
    return true;
  }
}
