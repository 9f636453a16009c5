package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> order = new ArrayList<>();
  private Turns turns;

  @Test
  void oneTurnFollowsAllThatAskedForIt() throws Exception {
    try (var rig = new Rig()) {
      turns = new Turns(rig.transport.loop(), () -> order.add("turn"));
      rig.run(
          () -> {
            ask("first");
            rig.transport.loop().execute(() -> ask("second"));
          });
      rig.await("a turn", () -> order.contains("turn"));
      assertThat(order).containsExactly("first", "second", "turn");
    }
  }

  @Test
  void aTurnMayAskForAnother() throws Exception {
    try (var rig = new Rig()) {
      turns =
          new Turns(
              rig.transport.loop(),
              () -> {
                order.add("turn");
                if (order.size() < 3) {
                  turns.request();
                  turns.request();
                }
              });
      rig.run(turns::request);
      rig.await("three turns", () -> order.size() == 3);
    }
  }

  private void ask(String who) {
    order.add(who);
    turns.request();
    turns.request();
  }
}
