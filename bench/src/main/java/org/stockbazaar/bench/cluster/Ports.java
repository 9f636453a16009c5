package org.stockbazaar.bench.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Tells free ports by binding them. */
public final class Ports {
  // Below the range from which Linux takes ports for outgoing connections.
  private static final int FIRST = 10_000;
  private static final int LAST = 30_000;
  private static final int STEP = 100;
  private static final AtomicInteger TRIED = new AtomicInteger();
  // Locked files of the hundreds of ports that this process has taken; open until it ends.
  private static final Map<Integer, FileChannel> RESERVED = new TreeMap<>();

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

  /**
   * A port that is free together with the few after it. No other process gets them from here, not
   * even before anybody listens there.
   */
  public static int free() {
    return find(port -> own(port / STEP));
  }

  /**
   * A port for a system's first gateway with which all ports of that system are free. No other
   * process gets them from here, also not while this system is down for a moment.
   */
  public static int freeFor(Settings settings) {
    return find(port -> reserve(settings.withPort(port)));
  }

  private static int find(IntPredicate wanted) {
    int slots = (LAST - FIRST) / STEP;
    int start = (int) (ProcessHandle.current().pid() * 7 % slots);
    for (int i = 0; i < slots; i++) {
      int port = FIRST + (start + TRIED.getAndIncrement()) % slots * STEP;
      if (allFree(Settings.DEFAULT.withPort(port)) && wanted.test(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free ports between " + FIRST + " and " + LAST);
  }

  private static synchronized boolean reserve(Settings settings) {
    if (!allFree(settings)) {
      return false;
    }
    for (NodePlan node : settings.nodes(new Layout(Path.of("")))) {
      for (int port : node.ports()) {
        if (!own(port / STEP)) {
          return false;
        }
      }
    }
    return true;
  }

  private static synchronized boolean own(int slot) {
    return RESERVED.containsKey(slot) || lock(slot);
  }

  private static boolean lock(int slot) {
    Path file =
        Path.of(System.getProperty("java.io.tmpdir"), "stock-bazaar-ports-" + slot + ".lock");
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return false;
      }
      RESERVED.put(slot, channel);
      return true;
    } catch (IOException e) {
      return false;
    }
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
