package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.config.HostPort;

/**
 * Clients that trade, look the order up and look the stock up, over and over, until they are
 * stopped. They never send a request twice: whatever is not a 200 is a failure.
 */
final class Traders implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> clients = new ArrayList<>();
  private final Set<Long> numbers = new ConcurrentSkipListSet<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;
  private volatile long longestNanos;

  /** Starts so many clients through each of these gateways. */
  Traders(int each, HostPort... gateways) {
    for (HostPort gateway : gateways) {
      for (int i = 0; i < each; i++) {
        clients.add(threads.submit(() -> trade(gateway)));
      }
    }
  }

  private void trade(HostPort gateway) {
    try (var http = new HttpConnection(gateway, (int) LiveSystem.PATIENCE_MILLIS)) {
      while (!stopped && failures.isEmpty()) {
        HttpReply traded = ask(http, "POST", "/orders", GatewayClient.body("FishCo", "sell", 1));
        if (traded == null) {
          return;
        }
        long number = GatewayClient.number(traded);
        if (!numbers.add(number)) {
          failures.add("number " + number + " was given twice");
        }
        ask(http, "GET", "/orders/" + number, null);
        ask(http, "GET", "/stocks/FishCo", null);
      }
    }
  }

  private HttpReply ask(HttpConnection http, String method, String path, String body) {
    long start = System.nanoTime();
    try {
      HttpReply reply = http.exchange(method, path, body);
      if (reply.status() == 200) {
        longest(System.nanoTime() - start);
        return reply;
      }
      failures.add(method + " " + path + ": " + reply.status() + " " + reply.body());
    } catch (IOException e) {
      failures.add(method + " " + path + ": " + e);
    }
    return null;
  }

  private synchronized void longest(long nanos) {
    longestNanos = Math.max(longestNanos, nanos);
  }

  /** How many orders were acknowledged so far. */
  int count() {
    return numbers.size();
  }

  /** Waits until so many more orders are acknowledged. */
  void awaitMore(int more) throws InterruptedException {
    int goal = count() + more;
    LiveSystem.await("more trades", () -> count() >= goal || !failures.isEmpty());
  }

  /** Stops the clients; none of their requests may have failed. */
  void requireGood() throws Exception {
    stopped = true;
    for (Future<?> client : clients) {
      client.get(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    assertThat(failures).isEmpty();
    System.out.printf("%d orders, longest request %.1f ms%n", count(), longestNanos / 1e6);
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
