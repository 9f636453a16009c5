package org.stockbazaar.bench.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.session.FakeGateway.Fault;

@Tag("B1")
class SessionRunTest {
  private static final long DEADLINE_MILLIS = 60_000;

  private static SessionResult run(FakeGateway gateway, int sessions, double p) {
    var plan = new SessionPlan(gateway.address(), sessions, 100, p, 7, DEADLINE_MILLIS);
    return new SessionRun(plan, done -> {}).run();
  }

  @Test
  void everyOrderIsLookedUpAndComparedAtTheEnd() throws IOException {
    try (var gateway = new FakeGateway(Fault.NONE)) {
      SessionResult result = run(gateway, 1, 0.8);
      assertThat(result.isGood()).isTrue();
      assertThat(result.orders()).hasSizeBetween(50, 99).hasSize(gateway.trades());
      assertThat(result.compared()).isEqualTo(gateway.trades());
      assertThat(result.measurements().of(RequestKind.LOOKUP).getTotalCount()).isEqualTo(100);
      assertThat(result.measurements().of(RequestKind.TRADE).getTotalCount())
          .isEqualTo(gateway.trades());
      assertThat(result.measurements().of(RequestKind.ORDER_LOOKUP).getTotalCount())
          .isEqualTo(gateway.trades());
    }
  }

  @Test
  void aSessionKeepsOneConnection() throws IOException {
    try (var gateway = new FakeGateway(Fault.NONE)) {
      run(gateway, 1, 0.8);
      // One more read the list of stocks.
      assertThat(gateway.connections()).isEqualTo(2);
    }
  }

  @Test
  void noSessionTradesWithProbabilityZero() throws IOException {
    try (var gateway = new FakeGateway(Fault.NONE)) {
      SessionResult result = run(gateway, 1, 0);
      assertThat(result.isGood()).isTrue();
      assertThat(gateway.trades()).isZero();
    }
  }

  @Test
  void theSameSeedDoesTheSame() throws IOException {
    try (var one = new FakeGateway(Fault.NONE);
        var other = new FakeGateway(Fault.NONE)) {
      assertThat(run(one, 1, 0.8).orders()).isEqualTo(run(other, 1, 0.8).orders());
    }
  }

  @Test
  void aTradeWithoutAnswerIsRetriedUnderItsKeyAndMadeOnce() throws IOException {
    try (var gateway = new FakeGateway(Fault.FORGETS_TO_ANSWER)) {
      SessionResult result = run(gateway, 4, 0.8);
      assertThat(result.failures()).isEmpty();
      assertThat(result.isGood()).isTrue();
      assertThat(result.retries()).isEqualTo(gateway.trades());
      var numbers = new HashSet<Long>();
      result.orders().forEach(order -> numbers.add(order.number()));
      assertThat(numbers).hasSize(gateway.trades()).hasSize(result.orders().size());
    }
  }

  @Test
  void ordersToldWithAnotherQuantityAreDifferences() throws IOException {
    try (var gateway = new FakeGateway(Fault.TELLS_WRONG_QUANTITY)) {
      SessionResult result = run(gateway, 1, 0.8);
      assertThat(result.isGood()).isFalse();
      assertThat(result.differences()).hasSize(gateway.trades());
    }
  }

  @Test
  void lostOrdersAreDifferences() throws IOException {
    try (var gateway = new FakeGateway(Fault.LOSES_ORDERS)) {
      SessionResult result = run(gateway, 1, 0.8);
      assertThat(result.isGood()).isFalse();
      assertThat(result.differences()).hasSize(gateway.trades());
      assertThat(result.differences().get(0)).contains("not found");
    }
  }

  @Test
  void refusedTradesAreCountedAndNoFailure() throws IOException {
    try (var gateway = new FakeGateway(Fault.REFUSES)) {
      SessionResult result = run(gateway, 1, 0.8);
      assertThat(result.isGood()).isTrue();
      assertThat(result.orders()).isEmpty();
      assertThat(result.refusals()).isBetween(50L, 99L);
    }
  }

  @Test
  void anErrorThatARetryWouldNotChangeIsAFailure() throws IOException {
    try (var gateway = new FakeGateway(Fault.BREAKS)) {
      SessionResult result = run(gateway, 1, 0.8);
      assertThat(result.isGood()).isFalse();
      assertThat(result.failures().get(0)).contains("500");
    }
  }

  @Test
  void aRequestThatIsNeverAnsweredEndsAtItsDeadline() throws IOException {
    try (var gateway = new FakeGateway(Fault.OVERLOADED);
        var client = new GatewayClient(gateway.address(), 200)) {
      assertThatThrownBy(() -> client.trade("FishCo", "sell", 1, "k"))
          .isInstanceOf(UnansweredException.class)
          .hasMessageContaining("200 ms");
    }
  }
}
