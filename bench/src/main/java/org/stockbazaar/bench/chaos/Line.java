package org.stockbazaar.bench.chaos;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.config.HostPort;

/**
 * One client's keep-alive connections to all gateways. A request goes to one of them, and after a
 * 503, a 504, a broken or a silent connection to any, until its deadline. For one thread.
 */
final class Line implements AutoCloseable {
  /** No gateway is preferred. */
  static final int NONE = -1;

  private static final int PATIENCE_MILLIS_MIN = 250;
  private static final int PATIENCE_MILLIS_MAX = 3000;
  private static final int PAUSE_MILLIS_MAX = 100;
  private static final double MILLI = 1e6;

  private final List<HttpConnection> gateways = new ArrayList<>();
  private final int home;
  private final SplittableRandom random;
  private final long deadlineNanos;

  /**
   * A final answer, or none.
   *
   * @param reply the last one; null when the last attempt broke
   * @param open whether an attempt may have happened without that its answer came
   * @param trouble why there is no final answer; null when there is one
   */
  record Answer(
      HttpReply reply, int gateway, long first, long call, long end, boolean open, String trouble) {
    int status() {
      return trouble == null ? reply.status() : 0;
    }
  }

  /**
   * One client's connections.
   *
   * @param home the gateway that is asked first; {@link #NONE} for any
   */
  Line(List<HostPort> addresses, int home, SplittableRandom random, int deadlineMillis) {
    this.home = home;
    this.random = random;
    deadlineNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    for (HostPort address : addresses) {
      // Some give a silent gateway up soon and go elsewhere with the same key, some wait for it.
      int patience = random.nextInt(PATIENCE_MILLIS_MIN, PATIENCE_MILLIS_MAX);
      gateways.add(new HttpConnection(address, Math.min(patience, deadlineMillis)));
    }
  }

  /**
   * Sends until there is a final answer.
   *
   * @param givesUp whether a 503 is final, when surely nothing happened
   */
  Answer send(boolean givesUp, String method, String path, String body, String... headers) {
    int gateway = home == NONE ? random.nextInt(gateways.size()) : home;
    long first = System.nanoTime();
    boolean open = false;
    for (int attempt = 1; ; attempt++) {
      long call = System.nanoTime();
      HttpReply reply = null;
      String trouble;
      try {
        reply = gateways.get(gateway).exchange(method, path, body, headers);
        trouble = isFinal(reply, givesUp && !open) ? null : reply.body().strip();
        open |= reply.status() == 504;
      } catch (ConnectException e) {
        trouble = e.toString();
      } catch (IOException e) {
        trouble = e.toString();
        open = true;
      }
      long end = System.nanoTime();
      if (trouble == null || end - first >= deadlineNanos) {
        String why = trouble == null ? null : late(method, path, first, end, attempt, trouble);
        return new Answer(reply, gateway, first, call, end, open, why);
      }
      pause(attempt);
      gateway = random.nextInt(gateways.size());
    }
  }

  private static boolean isFinal(HttpReply reply, boolean givesUp) {
    return (reply.status() != 503 || givesUp) && reply.status() != 504;
  }

  private static String late(
      String method, String path, long first, long end, int attempts, String trouble) {
    return String.format(
        "%s %s had no answer within %.0f ms and %d attempts: %s",
        method, path, (end - first) / MILLI, attempts, trouble);
  }

  private static void pause(int attempt) {
    long millis = Math.min(PAUSE_MILLIS_MAX, 1L << Math.min(attempt, 10));
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public void close() {
    gateways.forEach(HttpConnection::close);
  }
}
