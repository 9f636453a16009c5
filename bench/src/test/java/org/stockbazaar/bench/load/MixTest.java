package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.bench.session.RequestKind;

class MixTest {
  @Test
  @Tag("B3")
  void asksForEachKindAsOftenAsItsWeightSays() {
    var choice = new Choice(Mix.parse("lookup=80,trade=15,order=5"), 1);
    Map<RequestKind, Integer> counts = new EnumMap<>(RequestKind.class);
    for (int i = 0; i < 10_000; i++) {
      counts.merge(choice.kind(), 1, Integer::sum);
    }
    assertThat(counts.get(RequestKind.LOOKUP)).isBetween(7_800, 8_200);
    assertThat(counts.get(RequestKind.TRADE)).isBetween(1_350, 1_650);
    assertThat(counts.get(RequestKind.ORDER_LOOKUP)).isBetween(400, 600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "buy", "lookup,lookup", "lookup=0", "lookup=x", "trade=1000001"})
  @Tag("B3")
  void refusesWhatIsNoMix(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Mix.parse(text));
  }
}
