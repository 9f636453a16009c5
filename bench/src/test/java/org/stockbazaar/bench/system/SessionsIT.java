package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.session.RememberedOrder;
import org.stockbazaar.bench.session.SessionPlan;
import org.stockbazaar.bench.session.SessionResult;
import org.stockbazaar.bench.session.SessionRun;
import org.stockbazaar.bench.session.StockSeen;
import org.stockbazaar.bench.session.UnansweredException;

/** Many clients at once. */
class SessionsIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem();

  @Test
  @Tag("B1")
  @Tag("B5")
  @Tag("O2")
  void twentySessionsAtOnceLeaveNumbersWithoutGapAndBalancedBooks() throws UnansweredException {
    Map<String, StockSeen> before = stocks();
    var plan = new SessionPlan(SYSTEM.gateway(), 20, 100, 0.8, 11, LiveSystem.PATIENCE_MILLIS);
    SessionResult result = new SessionRun(plan, done -> {}).run();
    assertThat(result.failures()).isEmpty();
    assertThat(result.differences()).isEmpty();
    assertThat(result.isGood()).isTrue();

    List<RememberedOrder> orders = result.orders();
    assertThat(orders).hasSizeGreaterThan(500);
    assertThat(orders.stream().map(RememberedOrder::number).sorted())
        .containsExactlyElementsOf(LongStream.range(0, orders.size()).boxed().toList());
    stocks().forEach((name, stock) -> balance(before.get(name), stock, orders));
    SYSTEM.requireVerified();
  }

  private static Map<String, StockSeen> stocks() throws UnansweredException {
    Map<String, StockSeen> stocks = new LinkedHashMap<>();
    try (var client = SYSTEM.client()) {
      client.stocks().forEach(stock -> stocks.put(stock.name(), stock));
    }
    return stocks;
  }

  private static void balance(StockSeen before, StockSeen after, List<RememberedOrder> orders) {
    long quantity = before.quantity();
    long volume = before.tradingVolume();
    for (RememberedOrder order : orders) {
      if (order.name().equals(after.name())) {
        quantity += order.type().equals("buy") ? -order.quantity() : order.quantity();
        volume += order.quantity();
      }
    }
    assertThat(after.quantity()).as(after.name()).isEqualTo(quantity);
    assertThat(after.tradingVolume()).as(after.name()).isEqualTo(volume);
  }
}
