package org.stockbazaar.bench.session;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/**
 * One client: looks random stocks up, trades some of them, and at the end asks for each of its
 * orders and compares. Runs on a thread of its own.
 *
 * <p>A buy takes at most half of what was seen and the side leans towards a quantity of 100, so
 * that stocks are neither sold out for good nor grow without bound, however long sessions run.
 */
final class Session implements Callable<SessionResult> {
  private static final long QUANTITY_WANTED = 100;

  /** Below this a session only sells: several that buy at once would empty the stock for good. */
  private static final long QUANTITY_LOW = 20;

  private static final long QUANTITY_MAX = 100;
  private static final int FAILURES_MAX = 10;

  private final SessionPlan plan;
  private final List<String> names;
  private final SplittableRandom random;
  private final String keyPrefix;
  private final SessionWatch watch;
  private final SessionResult result = new SessionResult();

  /**
   * @param names the stocks to choose from
   * @param keyPrefix what this session's idempotency keys start with; unique in the system's life
   * @param watch sees every answer
   */
  Session(
      SessionPlan plan,
      List<String> names,
      SplittableRandom random,
      String keyPrefix,
      SessionWatch watch) {
    this.plan = plan;
    this.names = names;
    this.random = random;
    this.keyPrefix = keyPrefix;
    this.watch = watch;
  }

  @Override
  public SessionResult call() {
    try (var client = new GatewayClient(plan.gateway(), plan.deadlineMillis())) {
      for (int i = 0; i < plan.requests() && goesOn(); i++) {
        step(client, i);
      }
      for (RememberedOrder order : result.orders()) {
        if (result.failures().size() >= FAILURES_MAX) {
          break;
        }
        compare(client, order);
      }
      result.retried(client.retries());
    }
    return result;
  }

  private boolean goesOn() {
    return result.failures().size() < FAILURES_MAX && !watch.isOver();
  }

  private void step(GatewayClient client, int request) {
    try {
      String name = names.get(random.nextInt(names.size()));
      long start = System.nanoTime();
      StockSeen stock = client.stock(name);
      measured(RequestKind.LOOKUP, start);
      if (stock == null) {
        result.failed("stock " + name + " was listed and is not found");
      } else if (random.nextDouble() < plan.p() && stock.quantity() > 0) {
        trade(client, stock, keyPrefix + request);
      }
    } catch (UnansweredException | IllegalStateException e) {
      result.failed(e.getMessage());
    }
  }

  private void trade(GatewayClient client, StockSeen stock, String key) throws UnansweredException {
    long seen = stock.quantity();
    boolean buy = seen >= QUANTITY_LOW && random.nextDouble() * (seen + QUANTITY_WANTED) < seen;
    long most = Math.min(QUANTITY_MAX, buy ? seen / 2 : seen);
    long quantity = 1 + random.nextLong(most);
    String type = buy ? "buy" : "sell";
    long start = System.nanoTime();
    HttpReply reply = client.trade(stock.name(), type, quantity, key);
    measured(RequestKind.TRADE, start);
    switch (reply.status()) {
      case 200 ->
          result.traded(
              new RememberedOrder(GatewayClient.number(reply), stock.name(), type, quantity));
      case 409 -> result.refused();
      default ->
          result.failed(
              type
                  + " of "
                  + stock.name()
                  + " was answered "
                  + reply.status()
                  + ": "
                  + reply.body().strip());
    }
  }

  private void compare(GatewayClient client, RememberedOrder order) {
    try {
      long start = System.nanoTime();
      RememberedOrder told = client.order(order.number());
      measured(RequestKind.ORDER_LOOKUP, start);
      result.compared(order, told);
    } catch (UnansweredException | IllegalStateException e) {
      result.failed(e.getMessage());
    }
  }

  private void measured(RequestKind kind, long start) {
    long end = System.nanoTime();
    result.measurements().record(kind, end - start);
    watch.answered(kind, start, end);
  }
}
