package org.stockbazaar.bench.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.stockbazaar.bench.chaos.Line.Answer;
import org.stockbazaar.bench.chaos.Operation.Event;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.message.Side;

/**
 * One client: looks stocks up, trades, looks orders up and repeats orders under their keys, its own
 * and those that others are just placing, through any gateway; and writes down what it was told.
 * Runs on a thread of its own.
 */
final class Client implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FAILURES_MAX = 20;
  private static final int REMEMBERED = 256;
  // Around so few shares, buys are refused now and then, and accepted mostly.
  private static final long QUANTITY_WANTED = 30;
  private static final long QUANTITY_MAX = 40;

  private final int id;
  private final ChaosPlan plan;
  private final Floor floor;
  private final SplittableRandom random;
  private final Gaps gaps;
  private final Keys keys;
  private final Line line;
  private final History history;
  private final long[] seen;
  private final List<Order> placed = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int orders;
  private int refreshed;

  Client(int id, ChaosPlan plan, Floor floor, SplittableRandom random, Gaps gaps) {
    this.id = id;
    this.plan = plan;
    this.floor = floor;
    this.random = random;
    this.gaps = gaps;
    keys = floor.keys();
    // Half of the clients stay with a gateway, and show what others feel when one is silent.
    int gateways = floor.gateways().size();
    int home = id / gateways % 2 == 0 ? id % gateways : Line.NONE;
    line = new Line(floor.gateways(), home, random.split(), plan.deadlineMillis());
    history = new History(id);
    seen = new long[floor.stocks().size()];
  }

  History history() {
    return history;
  }

  /** Requests that were not answered as they must be; no more than a few. */
  List<String> failures() {
    return failures;
  }

  /** Does one thing, and thinks. */
  void step() {
    try {
      act(random.nextInt(100));
    } catch (IllegalStateException e) {
      failed("an answer makes no sense: " + e.getMessage());
    }
    if (plan.thinkMicros() > 0) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(plan.thinkMicros()));
    }
  }

  private void act(int choice) {
    if (choice < 45) {
      look(random.nextInt(seen.length));
    } else if (choice < 80) {
      place();
    } else if (choice < 92) {
      find();
    } else {
      repeat();
    }
  }

  boolean hasFailedOften() {
    return failures.size() >= FAILURES_MAX;
  }

  /** Looks that many of its acknowledged orders up again, or all. */
  void findAgain(int most) {
    List<Long> all = new ArrayList<>();
    history.forEach(
        operation -> {
          if (operation.event() instanceof Operation.Traded traded) {
            all.add(traded.number());
          }
        });
    int stride = Math.max(1, (all.size() + most - 1) / most);
    for (int i = random.nextInt(stride); i < all.size() && !hasFailedOften(); i += stride) {
      find(all.get(i));
    }
  }

  // ---- stocks ----------------------------------------------------------------------------------

  private void look(int stock) {
    Answer answer = line.send(false, "GET", "/stocks/" + floor.stocks().get(stock), null);
    if (answer.status() != 200) {
      failed(answer, "a lookup of " + floor.stocks().get(stock));
      return;
    }
    JsonNode data = data(answer.reply());
    long quantity = data.path("quantity").asLong(-1);
    seen[stock] = quantity;
    gaps.looked(answer.first(), answer.end());
    // Earlier attempts read and had no effect: only the one that was answered counts.
    add(answer, answer.call(), new Operation.Looked(stock, quantity, volume(data)));
  }

  private static long volume(JsonNode data) {
    return data.path("trading_volume").asLong(-1);
  }

  // ---- trades ----------------------------------------------------------------------------------

  private void place() {
    int stock = random.nextInt(seen.length);
    boolean buy = random.nextLong(seen[stock] + QUANTITY_WANTED) < seen[stock];
    long most = Math.min(QUANTITY_MAX, buy ? seen[stock] * 5 / 4 : QUANTITY_WANTED / 2);
    long quantity = 1 + random.nextLong(Math.max(1, most));
    var order = new Order(id, orders++, stock, buy ? Side.BUY : Side.SELL, quantity);
    floor.places(order);
    remember(order);
    // Some take 503 at its word, and nobody ever asks again: then it must not have happened.
    trade(order, random.nextInt(8) == 0);
  }

  private void remember(Order order) {
    if (placed.size() < REMEMBERED) {
      placed.add(order);
    } else {
      placed.set(random.nextInt(REMEMBERED), order);
    }
  }

  /** The last order of some client, which may be on its way just now, or an older one of ours. */
  private void repeat() {
    Order other = floor.newest(random.nextInt(floor.clients()));
    if (other != null && random.nextInt(3) > 0) {
      trade(other, false);
    } else if (!placed.isEmpty()) {
      trade(placed.get(random.nextInt(placed.size())), false);
    }
  }

  private void trade(Order order, boolean givesUp) {
    String name = floor.stocks().get(order.stock());
    String body = GatewayClient.body(name, order.side().word(), order.quantity());
    String key = "Idempotency-Key: " + keys.text(order);
    Answer answer = line.send(givesUp, "POST", "/orders", body, key);
    switch (answer.status()) {
      case 200 -> {
        long number = GatewayClient.number(answer.reply());
        gaps.traded(answer.first(), answer.end());
        floor.acknowledged(number);
        number(number);
        add(answer, answer.first(), new Operation.Traded(order, number));
      }
      case 409 -> {
        gaps.traded(answer.first(), answer.end());
        add(answer, answer.first(), new Operation.Refused(order, answer.open()));
      }
      case 503 -> add(answer, answer.first(), new Operation.Unanswered(order, answer.open()));
      default -> {
        failed(answer, "an order of " + name);
        add(answer, answer.first(), new Operation.Unanswered(order, true));
      }
    }
  }

  // ---- orders ----------------------------------------------------------------------------------

  private void number(long number) {
    if (numbers.size() < REMEMBERED) {
      numbers.add(number);
    } else {
      numbers.set(refreshed++ % REMEMBERED, number);
    }
  }

  /** An order of its own, the newest of all, or one whose number is about to be given. */
  private void find() {
    long newest = floor.newestNumber();
    int choice = random.nextInt(3);
    if (choice == 0 && !numbers.isEmpty()) {
      find(numbers.get(random.nextInt(numbers.size())));
    } else {
      find(Math.max(0, newest + random.nextInt(choice == 1 ? 1 : 4)));
    }
  }

  private void find(long number) {
    Answer answer = line.send(false, "GET", "/orders/" + number, null);
    if (answer.status() == 404) {
      gaps.answered(answer.first(), answer.end());
      add(answer, answer.call(), new Operation.NotFound(number));
    } else if (answer.status() == 200) {
      gaps.answered(answer.first(), answer.end());
      add(answer, answer.call(), found(number, data(answer.reply())));
    } else {
      failed(answer, "a lookup of order " + number);
    }
  }

  private Event found(long number, JsonNode order) {
    int stock = floor.stocks().indexOf(order.path("name").asText());
    Side side = order.path("type").asText().equals("sell") ? Side.SELL : Side.BUY;
    // A number other than the one asked for makes the order another one, which is found out.
    boolean same = order.path("transaction_number").asLong(-1) == number;
    return new Operation.Found(number, stock, side, same ? order.path("quantity").asLong(-1) : -1);
  }

  // ---- answers ---------------------------------------------------------------------------------

  private void add(Answer answer, long first, Event event) {
    history.add(answer.gateway(), first, answer.call(), answer.end(), event);
  }

  private void failed(Answer answer, String what) {
    failed(
        answer.trouble() != null
            ? answer.trouble()
            : what + " was answered " + answer.status() + " " + answer.reply().body().strip());
  }

  private void failed(String what) {
    if (!hasFailedOften()) {
      failures.add("client " + id + ": " + what);
    }
  }

  private static JsonNode data(HttpReply reply) {
    try {
      return JSON.readTree(reply.body()).path("data");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + reply.body(), e);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
