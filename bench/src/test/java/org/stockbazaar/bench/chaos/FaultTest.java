package org.stockbazaar.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.bench.cluster.Settings;

@Tag("B4")
class FaultTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill-catalog",
        "pause-gateway-2",
        "restart-order-1",
        "transfer-order-2",
        "kill-leader+pause-follower+kill-gateway"
      })
  void isWrittenAsItIsRead(String text) {
    assertThat(Fault.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kill",
        "kill-",
        "-catalog",
        "stop-catalog",
        "kill-catalogue",
        "kill-catalog-1",
        "kill-order-0",
        "transfer-catalog",
        "transfer-leader",
        "kill-catalog+",
        "kill-catalog pause-order"
      })
  void refusesWhatItDoesNotKnowAndSaysWhatThereIs(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse(text))
        .withMessageContaining("kill-, pause- or restart-");
  }

  @Test
  void aFaultNeedsSomebodyToHit() {
    List<String> names = List.of("catalog", "order-1", "gateway-1");
    Settings settings = Settings.DEFAULT.withNodes(1, 1);
    Fault.parse("kill-order-1").requireTargets(settings, names);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse("kill-gateway-2").requireTargets(settings, names))
        .withMessageContaining("order-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.parse("kill-follower").requireTargets(settings, names));
  }

  @Test
  void aLeaderIsAFaultOfItsOwnOnlyAmongSeveral() {
    var one = Settings.DEFAULT.withNodes(1, 1);
    assertThat(Fault.all(one)).hasSize(9).doesNotContain(Fault.parse("kill-leader"));
    assertThat(Fault.all(Settings.DEFAULT)).hasSize(13).contains(Fault.parse("pause-leader"));
  }
}
