package org.stockbazaar.order.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;

/**
 * Long random runs against the shortest exchange that there is: a map of quantities and one of
 * keys.
 */
@Tag("O1")
@Tag("O2")
@Tag("G8")
class ExchangeModelTest {
  private static final List<String> STOCKS = List.of("FishCo", "BoarCo", "MenhirCo");
  private static final long LISTED = 20;
  private static final int STEPS = 3_000;

  private record Asked(String stock, Side side, long quantity, long number) {}

  private final Desk desk = Desk.serving();
  private final Map<String, Long> quantities = new LinkedHashMap<>();
  private final Map<Long, Asked> keys = new LinkedHashMap<>();
  private final Map<Long, Message> expected = new LinkedHashMap<>();
  private long numbers;

  /** What the model answers; it decides at once, in the order of the requests. */
  private Message answer(long key, Side side, long quantity, String stock) {
    Asked before = keys.get(key);
    if (before != null) {
      return before.equals(new Asked(stock, side, quantity, before.number))
          ? new Traded(before.number)
          : new Failed(Status.REFUSED, Reason.KEY_REUSED, 0, "transaction " + before.number);
    }
    long left = quantities.get(stock) + side.signed(quantity);
    if (left < 0) {
      return new Failed(Status.REFUSED, Reason.QUANTITY_INSUFFICIENT, 0, "");
    }
    quantities.put(stock, left);
    keys.put(key, new Asked(stock, side, quantity, numbers));
    return new Traded(numbers++);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersAsTheModelDoes(long seed) {
    var random = new Random(seed);
    for (String stock : STOCKS) {
      quantities.put(stock, LISTED);
      // Brings the stock into the book, as the catalog has it.
      expected.put(desk.trade(-1L - quantities.size(), Side.SELL, 1, stock), null);
      desk.hydrated(stock, LISTED, 0);
      quantities.put(stock, LISTED + 1);
      numbers++;
    }
    expected.clear();
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(8)) {
        case 0 -> desk.commit();
        case 1 -> desk.applied();
        case 2 -> desk.majorityAnswers();
        case 3 -> desk.exchange.flush();
        default -> trade(random);
      }
    }
    desk.settle();
    assertThat(desk.answers).containsAllEntriesOf(expected);
    assertThat(desk.trades()).isEqualTo(numbers);
    assertThat(desk.exchange.waitsForTime()).isFalse();
  }

  private void trade(Random random) {
    long key = random.nextInt(STEPS / 4);
    Side side = random.nextInt(3) == 0 ? Side.SELL : Side.BUY;
    long quantity = 1L + random.nextInt(6);
    String stock = STOCKS.get(random.nextInt(STOCKS.size()));
    Message answer = answer(key, side, quantity, stock);
    expected.put(desk.trade(key, side, quantity, stock), answer);
  }
}
