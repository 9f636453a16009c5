package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.session.RequestKind;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  @Tag("B3")
  void runFromWhenARequestWasDueAndBesideThatFromWhenItWasSent() {
    latencies.answered(RequestKind.TRADE, 200, 1_000, 1_400, 1_500);
    latencies.unanswered(RequestKind.TRADE, 1_000, 1_900);
    assertThat(latencies.corrected(RequestKind.TRADE).getMinValue()).isEqualTo(500);
    assertThat(latencies.corrected(RequestKind.TRADE).getMaxValue()).isEqualTo(900);
    assertThat(latencies.uncorrected(RequestKind.TRADE).getMaxValue()).isEqualTo(100);
    assertThat(latencies.lag().getMaxValue()).isEqualTo(400);
    assertThat(latencies.corrected(RequestKind.LOOKUP).getTotalCount()).isZero();
  }

  @Test
  @Tag("B3")
  void aRefusalIsAnAnswerAndAnythingElseAFailure() {
    for (int status : new int[] {200, 409, 404, 503, 503}) {
      latencies.answered(RequestKind.TRADE, status, 0, 0, 1);
    }
    latencies.broke();
    assertThat(latencies.answers()).isEqualTo(5);
    assertThat(latencies.failures()).isEqualTo(4);
    assertThat(latencies.statuses())
        .containsExactly(entry(200, 1L), entry(404, 1L), entry(409, 1L), entry(503, 2L));
  }

  @Test
  @Tag("B3")
  void tellHowLongAnswersTookInEachSecond() {
    for (long nanos : new long[] {200, 900, 300}) {
      latencies.answered(RequestKind.TRADE, 200, 0, 0, nanos);
      assertThat(latencies.endSecond().getMaxValue()).isEqualTo(nanos);
    }
  }
}
