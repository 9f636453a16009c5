package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private final InFlight inFlight = new InFlight();

  private long add(long deadlineNanos) {
    long correlation = inFlight.nextCorrelation();
    inFlight.add(new InFlight.Call(correlation, new Rig.Ends(), deadlineNanos, 0));
    return correlation;
  }

  private static List<Long> correlations(List<InFlight.Call> calls) {
    return calls.stream().map(InFlight.Call::correlation).toList();
  }

  @Test
  void findsEachCallOnceByItsCorrelation() {
    long first = add(1);
    long second = add(1);
    assertThat(inFlight.remove(second).correlation()).isEqualTo(second);
    assertThat(inFlight.remove(second)).isNull();
    assertThat(inFlight.remove(0)).isNull();
    assertThat(inFlight.remove(first + 64)).isNull();
    assertThat(inFlight.remove(first).correlation()).isEqualTo(first);
    assertThat(inFlight.count()).isZero();
  }

  @Test
  void anOldCallKeepsItsPlaceWhileOthersComeAndGo() {
    long old = add(1);
    for (int i = 0; i < 1_000; i++) {
      long correlation = add(1);
      assertThat(correlation).isNotEqualTo(old);
      assertThat(inFlight.remove(correlation).correlation()).isEqualTo(correlation);
    }
    assertThat(inFlight.remove(old).correlation()).isEqualTo(old);
  }

  @Test
  void growsAndKeepsAll() {
    for (int i = 0; i < 10_000; i++) {
      add(i);
    }
    assertThat(inFlight.count()).isEqualTo(10_000);
    assertThat(correlations(inFlight.removeAll())).hasSize(10_000).isSorted();
    assertThat(inFlight.count()).isZero();
  }

  @Test
  void takesTheExpiredInTheOrderOfTheirCalls() {
    long late = add(30);
    long first = add(20);
    long second = add(10);
    assertThat(inFlight.nanosToFirstDeadline(5)).isEqualTo(5);
    assertThat(correlations(inFlight.removeExpired(20))).containsExactly(first, second);
    assertThat(inFlight.nanosToFirstDeadline(40)).isZero();
    assertThat(correlations(inFlight.removeAll())).containsExactly(late);
  }

  @Test
  void comparesDeadlinesAcrossTheClocksOverflow() {
    long correlation = add(Long.MIN_VALUE + 5);
    assertThat(inFlight.removeExpired(Long.MAX_VALUE - 5)).isEmpty();
    assertThat(correlations(inFlight.removeExpired(Long.MIN_VALUE + 5)))
        .containsExactly(correlation);
  }
}
