package org.stockbazaar.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.chaos.Operation.Event;
import org.stockbazaar.protocol.message.Side;

@Tag("B4")
class HistoryTest {
  private static Event someEvent(SplittableRandom random) {
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long any = random.nextLong() >> random.nextInt(64);
    int small = random.nextInt(-1, 100);
    var order = new Order(random.nextInt(64), random.nextInt(1 << 30), small, side, any);
    return switch (random.nextInt(6)) {
      case 0 -> new Operation.Looked(small, any, random.nextLong());
      case 1 -> new Operation.Traded(order, any);
      case 2 -> new Operation.Refused(order, random.nextBoolean());
      case 3 -> new Operation.Unanswered(order, random.nextBoolean());
      case 4 -> new Operation.Found(any, small, side, -1);
      default -> new Operation.NotFound(any);
    };
  }

  @Test
  void tellsWhatWasAddedAsOftenAsAsked() {
    var random = new SplittableRandom(7);
    var history = new History(3);
    List<Operation> expected = new ArrayList<>();
    long now = random.nextLong() >> 2;
    for (int ordinal = 0; ordinal < 20_000; ordinal++) {
      long first = now + random.nextInt(1 << 20);
      long call = first + random.nextInt(1 << 20);
      long reply = call + random.nextLong(1L << 40);
      var event = someEvent(random);
      history.add(ordinal % 20, first, call, reply, event);
      expected.add(new Operation(3, ordinal, ordinal % 20, first, call, reply, event));
      now = reply;
    }
    List<Operation> told = new ArrayList<>();
    history.forEach(told::add);
    assertThat(told).isEqualTo(expected);
    told.clear();
    history.forEach(told::add);
    assertThat(told).isEqualTo(expected);
    assertThat(history.size()).isEqualTo(expected.size());
  }

  @Test
  void anEmptyOneTellsNothing() {
    new History(0).forEach(operation -> assertThat(operation).isNull());
  }

  @Test
  void anOperationsNumberNamesItsClientAndPlace() {
    var operation = new Operation(63, Integer.MAX_VALUE, 0, 0, 0, 0, new Operation.NotFound(1));
    assertThat(Operation.client(operation.id())).isEqualTo(63);
    assertThat(Operation.ordinal(operation.id())).isEqualTo(Integer.MAX_VALUE);
  }
}
