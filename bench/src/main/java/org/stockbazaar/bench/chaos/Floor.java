package org.stockbazaar.bench.chaos;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.stockbazaar.protocol.config.HostPort;

/** What the clients of a run share: where to trade, and what the others did last. Thread-safe. */
final class Floor {
  private final List<HostPort> gateways;
  private final List<String> stocks;
  private final String run;
  private final AtomicReferenceArray<Order> newest;
  private final AtomicLong newestNumber;

  /**
   * @param run what no other run has
   * @param firstNumber the next transaction number
   */
  Floor(List<HostPort> gateways, List<String> stocks, int clients, String run, long firstNumber) {
    this.gateways = gateways;
    this.stocks = stocks;
    this.run = run;
    newest = new AtomicReferenceArray<>(clients);
    newestNumber = new AtomicLong(firstNumber - 1);
  }

  List<HostPort> gateways() {
    return gateways;
  }

  List<String> stocks() {
    return stocks;
  }

  Keys keys() {
    return new Keys(run);
  }

  /** A client is about to place an order: others may repeat it before it is answered. */
  void places(Order order) {
    newest.set(order.placer(), order);
  }

  /** What that client placed last, null for nothing. */
  Order newest(int client) {
    return newest.get(client);
  }

  int clients() {
    return newest.length();
  }

  void acknowledged(long number) {
    newestNumber.accumulateAndGet(number, Math::max);
  }

  /** The highest number that any client was given; less than the first when none was. */
  long newestNumber() {
    return newestNumber.get();
  }
}
