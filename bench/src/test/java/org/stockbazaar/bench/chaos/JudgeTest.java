package org.stockbazaar.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.chaos.Operation.Event;
import org.stockbazaar.bench.chaos.Operation.Found;
import org.stockbazaar.bench.chaos.Operation.Looked;
import org.stockbazaar.bench.chaos.Operation.NotFound;
import org.stockbazaar.bench.chaos.Operation.Refused;
import org.stockbazaar.bench.chaos.Operation.Traded;
import org.stockbazaar.bench.chaos.Operation.Unanswered;
import org.stockbazaar.order.log.Verification;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/** Each wrong history is found, and what is told names what is wrong. */
@Tag("B4")
class JudgeTest {
  private static final long FIRST = 10;
  private static final Stock FISH = new Stock("FishCo", 100, 5, 2, 0, 1);
  private static final Stock BOAR = new Stock("BoarCo", 100, 5, 0, 0, 2);

  private final Keys keys = new Keys("run");
  private final List<History> clients = List.of(new History(0), new History(1));
  private final RunLog log =
      new RunLog(
          List.of("FishCo", "BoarCo"),
          new Verification(20, 1, 77, FIRST, 2, true, "", "", 0, new TreeMap<>()));
  private long index = 20;
  private long number = FIRST;

  JudgeTest() {
    log.accept(new Entry(20, 1, Entry.Kind.EPOCH, FIRST, 0, Key.NONE, null, 0, 0, 0, "", 77));
  }

  private Order order(int placer, int ordinal, Side side, long quantity) {
    return new Order(placer, ordinal, 0, side, quantity);
  }

  private void logged(Order order) {
    logged(order, keys.logged(order));
  }

  private void logged(Order order, Key key) {
    String stock = order.stock() == 0 ? "FishCo" : "BoarCo";
    log.accept(
        new Entry(
            ++index,
            1,
            Entry.Kind.TRADE,
            ++number,
            0,
            key,
            order.side(),
            order.quantity(),
            0,
            0,
            stock,
            0));
  }

  /** The client did this by the gateway of its own number. */
  private void did(int client, long call, long reply, Event event) {
    clients.get(client).add(client, call, call, reply, event);
  }

  private String wrong() {
    var text = new StringBuilder();
    var judge = new Judge(List.of(FISH, BOAR), keys, clients, log, 0);
    for (Finding finding : judge.findings()) {
      if (!finding.good()) {
        text.append(finding.check()).append(": ").append(finding.evidence()).append('\n');
      }
    }
    return text.toString();
  }

  /** Buys 2 and 1 of 5 shares: orders 10 and 11, 3 and 2 shares left. */
  private void twoBuys() {
    var first = order(0, 0, Side.BUY, 2);
    var second = order(1, 0, Side.BUY, 1);
    logged(first);
    logged(second);
    did(0, 100, 200, new Traded(first, 10));
    did(1, 300, 400, new Traded(second, 11));
  }

  @Test
  void aRightHistoryIsGood() {
    twoBuys();
    did(0, 500, 600, new Looked(0, 2, 5));
    did(0, 700, 800, new Looked(1, 5, 0));
    did(1, 500, 600, new Found(11, 0, Side.BUY, 1));
    did(1, 700, 800, new NotFound(12));
    did(1, 900, 950, new Refused(order(1, 1, Side.BUY, 3), false));
    did(1, 960, 970, new Traded(order(0, 0, Side.BUY, 2), 10));
    assertThat(wrong()).isEmpty();
  }

  @Test
  void findsAStaleLookupBehindANewerOneByAnotherGateway() {
    twoBuys();
    did(0, 310, 320, new Looked(0, 2, 5));
    did(1, 410, 420, new Looked(0, 3, 4));
    assertThat(wrong())
        .startsWith("linearizable: FishCo:")
        .contains("client 0 by gateway-1: FishCo has quantity 2, volume 5")
        .contains("client 1 by gateway-2: FishCo has quantity 3, volume 4")
        .contains("knows of order 11");
  }

  @Test
  void findsALostOrder() {
    twoBuys();
    did(0, 500, 600, new Traded(order(0, 1, Side.SELL, 1), 12));
    assertThat(wrong())
        .startsWith("acknowledged orders are in the log:")
        .contains("sell 1 of FishCo (key 0-1) is order 12; the log has no such order");
  }

  @Test
  void findsADoubledOrder() {
    twoBuys();
    logged(order(0, 0, Side.BUY, 2));
    assertThat(wrong()).contains("orders [10, 12] have one idempotency key");
  }

  @Test
  void findsARefusalAlthoughThereWasEnough() {
    twoBuys();
    did(0, 500, 600, new Refused(order(0, 1, Side.BUY, 2), false));
    assertThat(wrong())
        .startsWith("linearizable: FishCo:")
        .contains("buy 2 of FishCo (key 0-1) is refused")
        .contains("meanwhile there were quantity 2, volume 5");
  }

  @Test
  void findsARefusedSell() {
    twoBuys();
    did(0, 500, 600, new Refused(order(0, 1, Side.SELL, 100), false));
    assertThat(wrong()).startsWith("linearizable: FishCo:").contains("is refused");
  }

  @Test
  void findsANumberThatWasGivenTwice() {
    twoBuys();
    did(0, 500, 600, new Traded(order(0, 1, Side.BUY, 1), 11));
    assertThat(wrong()).contains("is order 11; the log has that number under another key");
  }

  @Test
  void findsARepeatWithAnotherNumber() {
    twoBuys();
    did(1, 500, 600, new Traded(order(0, 0, Side.BUY, 2), 11));
    assertThat(wrong()).contains("(key 0-0) is order 11; the log has that number under another");
  }

  @Test
  void findsAnOrderThatWasLoggedAsAnother() {
    var bought = order(0, 0, Side.BUY, 2);
    logged(order(0, 0, Side.SELL, 2));
    did(0, 100, 200, new Traded(bought, 10));
    assertThat(wrong()).contains("the log has there sell 2 of FishCo");
  }

  @Test
  void findsAnOrderThatIsToldDifferently() {
    twoBuys();
    did(0, 500, 600, new Found(11, 1, Side.BUY, 1));
    assertThat(wrong())
        .startsWith("orders looked up are as in the log:")
        .contains("order 11 is buy 1 of BoarCo; the log has there buy 1 of FishCo");
  }

  @Test
  void findsAnOrderThatIsNotFoundBehindItsAnswer() {
    twoBuys();
    did(0, 500, 600, new NotFound(11));
    assertThat(wrong()).startsWith("linearizable: FishCo:").contains("order 11 is not found");
  }

  @Test
  void findsAnOrderOfBeforeTheRunThatIsNotFound() {
    did(0, 500, 600, new NotFound(9));
    assertThat(wrong()).contains("order 9 is not found; it was there before the run");
  }

  @Test
  void findsAnOrderThatHappenedAlthoughItSurelyHadNot() {
    var unmade = order(0, 0, Side.SELL, 1);
    logged(unmade);
    did(0, 100, 200, new Unanswered(unmade, false));
    assertThat(wrong()).contains("order 10: sell 1 of FishCo surely was not made");
  }

  @Test
  void anUnansweredOrderMayHaveHappenedOrNot() {
    var made = order(0, 0, Side.SELL, 1);
    logged(made);
    did(0, 100, 200, new Unanswered(made, true));
    did(0, 210, 220, new Unanswered(order(0, 1, Side.SELL, 1), true));
    did(0, 300, 400, new Looked(0, 5, 2));
    did(0, 500, 600, new Looked(0, 6, 3));
    assertThat(wrong()).isEmpty();
  }

  @Test
  void anUnansweredOrderHappensNotBeforeItWasSent() {
    var made = order(0, 0, Side.SELL, 1);
    logged(made);
    did(0, 100, 200, new Unanswered(made, true));
    did(1, 50, 60, new Looked(0, 6, 3));
    assertThat(wrong()).startsWith("linearizable: FishCo:");
  }

  @Test
  void aRefusedOrderMayHappenLateWhenAnAttemptIsOpen() {
    var buy = order(0, 0, Side.BUY, 6);
    var sell = order(1, 0, Side.SELL, 1);
    logged(sell);
    logged(buy);
    did(0, 100, 200, new Refused(buy, true));
    did(1, 300, 400, new Traded(sell, 10));
    did(1, 500, 600, new Looked(0, 0, 9));
    assertThat(wrong()).isEmpty();
  }

  @Test
  void anOrderThatAnotherClientRepeatsMayHappenForEither() {
    var order = order(0, 0, Side.SELL, 1);
    logged(order);
    did(1, 150, 180, new Traded(order, 10));
    did(0, 100, 300, new Traded(order, 10));
    did(1, 190, 195, new Looked(0, 6, 3));
    assertThat(wrong()).isEmpty();
    did(1, 196, 199, new Looked(0, 5, 2));
    assertThat(wrong()).startsWith("linearizable: FishCo:");
  }

  @Test
  void findsAnOrderOfSomebodyElse() {
    logged(order(0, 0, Side.SELL, 1), new Key(1, 2));
    assertThat(wrong()).contains("was placed by no client of this run");
  }

  @Test
  void findsALogThatHasForgottenWhatWasBefore() {
    var shorter =
        new RunLog(
            List.of("FishCo"), new Verification(5, 1, 0, 0, 0, true, "", "", 0, new TreeMap<>()));
    assertThat(shorter.trouble()).contains("ends at entry 0", "had 5");
    shorter.accept(new Entry(5, 1, Entry.Kind.EPOCH, 0, 0, Key.NONE, null, 0, 0, 0, "", 1));
    assertThat(shorter.trouble()).contains("another one now");
  }

  @Test
  void aResetLeavesNoVerdict() {
    log.accept(new Entry(21, 1, Entry.Kind.RESET, FIRST, 0, Key.NONE, null, 0, 0, 0, "", 0));
    assertThat(wrong()).contains("resets all stocks");
  }
}
