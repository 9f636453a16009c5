package org.stockbazaar.bench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.bench.session.SessionWatch;

@Tag("B2")
class TracksTest {
  private static final long MILLI = 1_000_000;

  private final Tracks tracks = Tracks.during(1000);
  private final SessionWatch one = tracks.get();
  private final SessionWatch other = tracks.get();
  private final long begin = System.nanoTime();

  private void trade(SessionWatch session, long startMillis, long endMillis) {
    session.answered(RequestKind.TRADE, begin + startMillis * MILLI, begin + endMillis * MILLI);
  }

  @Test
  void aGapOfOneClientMayBeFilledByAnother() {
    trade(one, 100, 110);
    trade(one, 110, 410);
    trade(other, 200, 210);
    trade(other, 210, 220);
    KindResult trades = tracks.results(10).get(RequestKind.TRADE);
    assertThat(trades.gapOneNanos()).isEqualTo(300 * MILLI);
    assertThat(trades.gapAllNanos()).isEqualTo(190 * MILLI);
    assertThat(trades.client().getTotalCount()).isEqualTo(4);
  }

  @Test
  void anAnswerCountsInTheSliceInWhichItCame() {
    trade(one, 120, 350);
    // After the limit a session has orders to compare, and one trade may still have been on its
    // way.
    trade(other, 900, 1500);
    Map<RequestKind, KindResult> results = tracks.results(10);
    assertThat(results).containsOnlyKeys(RequestKind.TRADE);
    assertThat(results.get(RequestKind.TRADE).course())
        .filteredOn(slice -> slice.latencies().getTotalCount() > 0)
        .extracting(Slice::startMillis)
        .containsExactly(300.0);
  }
}
