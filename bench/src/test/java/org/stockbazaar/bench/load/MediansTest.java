package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.session.RequestKind;

class MediansTest {
  private static LoadResult run(int answers, long micros) {
    var latencies = new Latencies();
    for (int i = 0; i < answers; i++) {
      latencies.answered(RequestKind.TRADE, 200, 0, 0, TimeUnit.MICROSECONDS.toNanos(micros));
    }
    return new LoadResult(latencies, TimeUnit.SECONDS.toNanos(1), 0, List.of());
  }

  @Test
  @Tag("B3")
  void oneRunThatWentWrongDoesNotCount() {
    var medians = Medians.of(List.of(run(1_000, 100), run(10, 90_000), run(900, 110)));
    assertThat(medians.rate()).isEqualTo(900);
    assertThat(medians.p99Micros()).isCloseTo(110, within(1.0));
    var ratio = medians.over(Medians.of(List.of(run(1_800, 220))));
    assertThat(ratio.rate()).isEqualTo(0.5);
    assertThat(ratio.p50Micros()).isCloseTo(0.5, within(0.01));
  }
}
