package org.stockbazaar.order.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Entry.Kind;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Order;
import org.stockbazaar.protocol.message.Message.Prepared;
import org.stockbazaar.protocol.message.Message.Propose;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

class ExchangeTest {
  private static Failed failed(Status status, Reason reason) {
    return new Failed(status, reason, 0, "");
  }

  /** A serving leader that knows a stock of 100 shares. */
  private static Desk withStock(String stock, long volumeMax) {
    Desk desk = Desk.serving();
    desk.trade(1, Side.BUY, 10, stock);
    desk.hydrated(stock, 110, volumeMax);
    desk.settle();
    assertThat(desk.answers).containsEntry(1L, new Traded(0));
    return desk;
  }

  private static Desk withStock() {
    return withStock("GameStart", 0);
  }

  @Test
  @Tag("O1")
  void buysTakeSellsAddAndNothingGoesBelowZero() {
    Desk desk = withStock();
    long all = desk.trade(2, Side.BUY, 100, "GameStart");
    long one = desk.trade(3, Side.BUY, 1, "GameStart");
    long sell = desk.trade(4, Side.SELL, 5, "GameStart");
    long five = desk.trade(5, Side.BUY, 5, "GameStart");
    desk.settle();
    assertThat(desk.answers)
        .containsEntry(all, new Traded(1))
        .containsEntry(one, failed(Status.REFUSED, Reason.QUANTITY_INSUFFICIENT))
        .containsEntry(sell, new Traded(2))
        .containsEntry(five, new Traded(3));
  }

  @Test
  @Tag("O1")
  void aMaximumVolumeIsHonouredForBothSides() {
    Desk desk = withStock("FishCo", 15);
    long tooMuch = desk.trade(2, Side.SELL, 6, "FishCo");
    long enough = desk.trade(3, Side.SELL, 5, "FishCo");
    long none = desk.trade(4, Side.BUY, 1, "FishCo");
    desk.settle();
    assertThat(desk.answers)
        .containsEntry(tooMuch, failed(Status.REFUSED, Reason.VOLUME_LIMIT))
        .containsEntry(enough, new Traded(1))
        .containsEntry(none, failed(Status.REFUSED, Reason.VOLUME_LIMIT));
  }

  @Test
  @Tag("O2")
  @Tag("O6")
  void refusedOrdersUseUpNoNumberAndLogNothing() {
    Desk desk = withStock();
    long last = desk.log.lastIndex();
    long zero = desk.trade(2, Side.BUY, 0, "GameStart");
    long huge = desk.trade(3, Side.BUY, Stock.ORDER_QUANTITY_MAX + 1, "GameStart");
    long badName = desk.trade(4, Side.BUY, 1, "Game Start");
    long unknown = desk.trade(5, Side.BUY, 1, "NoSuchStock");
    desk.unknown("NoSuchStock");
    desk.majorityAnswers();
    assertThat(desk.log.lastIndex()).isEqualTo(last);
    for (long request : List.of(zero, huge, badName)) {
      assertThat(desk.answers.get(request))
          .isInstanceOfSatisfying(
              Failed.class, f -> assertThat(f.status()).isEqualTo(Status.BAD_REQUEST));
    }
    assertThat(desk.answers).containsEntry(unknown, failed(Status.NOT_FOUND, Reason.UNKNOWN_STOCK));
    long next = desk.trade(6, Side.BUY, 1, "GameStart");
    desk.settle();
    assertThat(desk.answers).containsEntry(next, new Traded(1));
  }

  @Test
  @Tag("O3")
  void aTradeIsAnsweredOnlyWhenCommittedAppliedAndLetGo() {
    Desk desk = withStock();
    long trade = desk.trade(2, Side.BUY, 1, "GameStart");
    long index = desk.log.lastIndex();
    desk.exchange.committed(index);
    assertThat(desk.answers).as("committed, not applied").doesNotContainKey(trade);
    desk.applied(index);
    assertThat(desk.answers).as("a gateway holds the stock").doesNotContainKey(trade);
    desk.applied();
    assertThat(desk.answers).containsEntry(trade, new Traded(1));
  }

  @Test
  @Tag("O3")
  void aPreparedTradeIsAnsweredOnlyWhenCommittedAndLetGo() {
    Desk desk = withStock();
    long early = desk.trade(2, Side.BUY, 1, "GameStart");
    long index = desk.log.lastIndex();
    desk.prepared(index);
    assertThat(desk.answers).as("prepared, not committed").doesNotContainKey(early);
    desk.exchange.committed(index);
    assertThat(desk.answers).containsEntry(early, new Traded(1));
    long held = desk.trade(3, Side.BUY, 1, "GameStart");
    desk.exchange.committed(index + 1);
    assertThat(desk.answers).as("committed, not prepared").doesNotContainKey(held);
    desk.prepared(index + 1, index + 1);
    assertThat(desk.answers).as("a gateway holds the stock").doesNotContainKey(held);
    desk.prepared(index + 1);
    assertThat(desk.answers).containsEntry(held, new Traded(2));
  }

  @Test
  @Tag("O3")
  void whatWasPreparedInAnotherEpochOrOverAClosedChannelDoesNotCount() {
    Desk desk = withStock();
    desk.prepared(desk.log.lastIndex() + 3);
    desk.exchange.deposed(0);
    desk.serve();
    desk.exchange.prepared(new Prepared(1, desk.log.lastIndex() + 3, List.of()));
    desk.trade(2, Side.BUY, 1, "GameStart");
    desk.hydrated("GameStart", 100, 0);
    desk.commit();
    assertThat(desk.answers).hasSize(1);
    desk.prepared(desk.log.lastIndex() + 1);
    assertThat(desk.answers).hasSize(2);
    desk.exchange.catalogClosed();
    desk.exchange.catalogOpened();
    desk.applied();
    desk.trade(3, Side.BUY, 1, "GameStart");
    desk.commit();
    assertThat(desk.answers).hasSize(2);
  }

  @Test
  @Tag("O3")
  void aTradeThatThisLeaderDoesNotKnowToBeCommittedIsNotAnswered() {
    Desk desk = withStock();
    long trade = desk.trade(2, Side.BUY, 1, "GameStart");
    desk.applied();
    assertThat(desk.answers).doesNotContainKey(trade);
    desk.commit();
    assertThat(desk.answers).containsEntry(trade, new Traded(1));
  }

  @Test
  @Tag("G8")
  void aRepeatTradesNothingAndWaitsForTheSameRelease() {
    Desk desk = withStock();
    long first = desk.trade(2, Side.BUY, 7, "GameStart");
    long index = desk.log.lastIndex();
    long joined = desk.trade(2, Side.BUY, 7, "GameStart");
    assertThat(desk.log.lastIndex()).isEqualTo(index);
    desk.commit();
    desk.applied(index);
    long late = desk.trade(2, Side.BUY, 7, "GameStart");
    assertThat(desk.answers).doesNotContainKeys(first, joined, late);
    desk.applied();
    assertThat(desk.answers)
        .containsEntry(first, new Traded(1))
        .containsEntry(joined, new Traded(1))
        .containsEntry(late, new Traded(1));
    assertThat(desk.trades()).isEqualTo(2);
  }

  @Test
  @Tag("G8")
  void aKeyReusedForAnotherOrderIsRefusedOnceTheFirstIsReleased() {
    Desk desk = withStock();
    desk.trade(2, Side.BUY, 7, "GameStart");
    long quantity = desk.trade(2, Side.BUY, 8, "GameStart");
    long side = desk.trade(2, Side.SELL, 7, "GameStart");
    long name = desk.trade(2, Side.BUY, 7, "FishCo");
    assertThat(desk.answers).doesNotContainKeys(quantity, side, name);
    desk.settle();
    for (long request : List.of(quantity, side, name)) {
      assertThat(desk.answers.get(request))
          .isEqualTo(new Failed(Status.REFUSED, Reason.KEY_REUSED, 0, "transaction 1"));
    }
  }

  @Test
  @Tag("G8")
  void theKeyIsLookedAtBeforeTheOrderIsJudged() {
    Desk desk = withStock();
    desk.trade(2, Side.BUY, 100, "GameStart");
    desk.settle();
    long repeat = desk.trade(2, Side.BUY, 100, "GameStart");
    assertThat(desk.answers).containsEntry(repeat, new Traded(1));
    desk.exchange.catalogClosed();
    long withoutCatalog = desk.trade(2, Side.BUY, 100, "GameStart");
    assertThat(desk.answers).containsEntry(withoutCatalog, new Traded(1));
  }

  @Test
  @Tag("G8")
  void aRefusalIsNotRemembered() {
    Desk desk = withStock();
    long refused = desk.trade(2, Side.BUY, 101, "GameStart");
    desk.trade(3, Side.SELL, 1, "GameStart");
    long again = desk.trade(2, Side.BUY, 101, "GameStart");
    desk.settle();
    assertThat(desk.answers)
        .containsEntry(refused, failed(Status.REFUSED, Reason.QUANTITY_INSUFFICIENT))
        .containsEntry(again, new Traded(2));
  }

  @Test
  @Tag("G8")
  void theSameKeyTwiceWhileTheStockIsLookedUpTradesOnce() {
    Desk desk = Desk.serving();
    long one = desk.trade(2, Side.BUY, 1, "GameStart");
    long other = desk.trade(2, Side.BUY, 1, "GameStart");
    assertThat(desk.hydrations).containsExactly("GameStart");
    desk.hydrated("GameStart", 100, 0);
    desk.settle();
    assertThat(desk.answers).containsEntry(one, new Traded(0)).containsEntry(other, new Traded(0));
  }

  @Test
  @Tag("G8")
  void keysSurviveARestartAndGoWithTheTailThatIsCut() {
    Desk before = withStock();
    before.trade(2, Side.BUY, 7, "GameStart");
    long lost = before.log.lastIndex();
    var after = new Desk(before.log);
    after.log.truncate(lost - 1);
    after.exchange.truncated(lost - 1);
    after.serve();
    long kept = after.trade(1, Side.BUY, 10, "GameStart");
    assertThat(after.answers).containsEntry(kept, new Traded(0));
    long cut = after.trade(2, Side.BUY, 7, "GameStart");
    after.hydrated("GameStart", 100, 0);
    after.settle();
    assertThat(after.answers).containsEntry(cut, new Traded(1));
    assertThat(after.trades()).isEqualTo(2);
  }

  @Test
  @Tag("R7")
  void aRefusalWaitsForReleaseAndForAConfirmation() {
    Desk desk = withStock();
    desk.trade(2, Side.BUY, 100, "GameStart");
    long index = desk.log.lastIndex();
    long refused = desk.trade(3, Side.BUY, 1, "GameStart");
    desk.majorityAnswers();
    desk.commit();
    desk.applied(index);
    assertThat(desk.answers).as("judged on what is not released").doesNotContainKey(refused);
    desk.applied();
    assertThat(desk.answers).containsKey(refused);
    desk.exchange.flush();
    long unconfirmed = desk.trade(4, Side.BUY, 1, "GameStart");
    assertThat(desk.answers).doesNotContainKey(unconfirmed);
    desk.majorityAnswers();
    assertThat(desk.answers).containsKey(unconfirmed);
  }

  @Test
  @Tag("O5")
  @Tag("R7")
  void ordersAreFoundWhenReleasedAndMissingOnlyWhenConfirmed() {
    Desk desk = withStock();
    long trade = desk.trade(2, Side.SELL, 3, "GameStart");
    long found = desk.find(1);
    long missing = desk.find(2);
    long negative = desk.find(-1);
    assertThat(desk.answers).doesNotContainKeys(trade, found, missing, negative);
    desk.majorityAnswers();
    assertThat(desk.answers)
        .containsEntry(missing, failed(Status.NOT_FOUND, Reason.NONE))
        .containsEntry(negative, failed(Status.NOT_FOUND, Reason.NONE))
        .doesNotContainKey(found);
    desk.settle();
    assertThat(desk.answers).containsEntry(found, new Order(1, Side.SELL, 3, "GameStart"));
  }

  @Test
  void releasedOrdersAreFoundWithoutACatalog() {
    Desk desk = withStock();
    desk.exchange.catalogClosed();
    long found = desk.find(0);
    assertThat(desk.answers).containsEntry(found, new Order(0, Side.BUY, 10, "GameStart"));
  }

  @Test
  void newTradesAreRefusedWithoutACatalogAndNothingIsLogged() {
    Desk desk = withStock();
    desk.exchange.catalogClosed();
    long trade = desk.trade(2, Side.BUY, 1, "GameStart");
    assertThat(desk.answers)
        .containsEntry(trade, new Failed(Status.UNAVAILABLE, Reason.NONE, 0, "no catalog"));
    assertThat(desk.trades()).isEqualTo(1);
  }

  @Test
  void aTradeThatTheCatalogMissedIsAnsweredWhenItIsBack() {
    Desk desk = withStock();
    long trade = desk.trade(2, Side.BUY, 1, "GameStart");
    desk.exchange.catalogClosed();
    desk.commit();
    desk.exchange.catalogOpened();
    assertThat(desk.answers).doesNotContainKey(trade);
    desk.applied();
    assertThat(desk.answers).containsEntry(trade, new Traded(1));
  }

  @Test
  void aCatalogThatIsNotReadyReleasesNothing() {
    Desk desk = withStock();
    long trade = desk.trade(2, Side.BUY, 1, "GameStart");
    desk.commit();
    desk.exchange.applied(
        new Message.Applied(desk.log.lastIndex(), desk.log.lastChecksum(), false, List.of()));
    assertThat(desk.answers).doesNotContainKey(trade);
  }

  @Test
  void theBookBeginsWithWhatTheCatalogHadAtTheEpoch() {
    Desk desk = Desk.serving();
    desk.trade(2, Side.BUY, 1, "GameStart");
    assertThat(desk.hydrationMinimum).containsEntry("GameStart", desk.log.lastIndex());
  }

  @Test
  void aResetThrowsTheBookAwayAndAnswersAskedBeforeIt() {
    Desk desk = withStock();
    desk.trade(2, Side.BUY, 1, "FishCo");
    long old = desk.hydrationMinimum.get("FishCo");
    desk.reset();
    Entry reset = desk.log.read(desk.log.lastIndex());
    desk.exchange.hydrated("FishCo", old, new Message.Found(new Stock("FishCo", 1, 1, 0, 0, 1)));
    assertThat(desk.trades()).as("traded on a state before the reset").isEqualTo(1);
    assertThat(desk.hydrationMinimum).containsEntry("FishCo", reset.index());
    desk.trade(3, Side.BUY, 1, "GameStart");
    assertThat(desk.hydrationMinimum).containsEntry("GameStart", reset.index());
  }

  @Test
  @Tag("O2")
  void aResetIsAnsweredWhenNobodyCanSeeWhatWasBefore() {
    Desk desk = withStock();
    long reset = desk.reset();
    long index = desk.log.lastIndex();
    desk.commit();
    assertThat(desk.answers).as("committed").doesNotContainKey(reset);
    desk.applied(index);
    assertThat(desk.answers).as("a gateway holds stocks").doesNotContainKey(reset);
    desk.applied();
    assertThat(desk.answers).containsEntry(reset, new Message.WasReset(index));
  }

  @Test
  @Tag("O2")
  void aResetLeavesNumbersAndOrdersAndKeys() {
    Desk desk = withStock();
    long first = desk.trade(2, Side.BUY, 60, "GameStart");
    desk.settle();
    assertThat(desk.answers).containsKey(first);
    desk.reset();
    desk.settle();
    long repeat = desk.trade(2, Side.BUY, 60, "GameStart");
    long second = desk.trade(3, Side.BUY, 100, "GameStart");
    desk.hydrated("GameStart", 100, 0);
    long old = desk.find(0);
    desk.settle();
    assertThat(desk.answers).containsEntry(repeat, desk.answers.get(first));
    assertThat(desk.answers.get(second)).isEqualTo(new Message.Traded(desk.trades() - 1));
    assertThat(desk.answers.get(old)).isInstanceOf(Message.Order.class);
  }

  @Test
  @Tag("O2")
  void aResetThatCannotBeJudgedIsRefusedBeforeItIsLogged() {
    Desk desk = new Desk();
    assertThat(desk.answers.get(desk.reset())).isEqualTo(failed(Status.NOT_LEADER, Reason.NONE));
    desk.lead();
    Failed early = (Failed) desk.answers.get(desk.reset());
    assertThat(early.status()).isEqualTo(Status.UNAVAILABLE);
    desk.commit();
    desk.exchange.serves();
    Failed blind = (Failed) desk.answers.get(desk.reset());
    assertThat(blind.status()).isEqualTo(Status.UNAVAILABLE);
    assertThat(blind.reason()).isEqualTo(Reason.NONE);
    assertThat(desk.log.lastIndex()).isEqualTo(1);
  }

  @Test
  @Tag("O2")
  void aDeposedLeaderDoesNotKnowWhetherTheStocksAreReset() {
    Desk desk = withStock();
    long reset = desk.reset();
    desk.exchange.deposed(2);
    assertThat(desk.answers)
        .containsEntry(reset, new Failed(Status.NOT_LEADER, Reason.OUTCOME_OPEN, 2, ""));
  }

  @Test
  void aLateAnswerAboutAStockDoesNotPutTheBookBack() {
    Desk desk = withStock();
    desk.trade(2, Side.BUY, 100, "GameStart");
    desk.hydrated("GameStart", 100, 0);
    long tooMuch = desk.trade(3, Side.BUY, 1, "GameStart");
    desk.settle();
    assertThat(desk.answers)
        .containsEntry(tooMuch, failed(Status.REFUSED, Reason.QUANTITY_INSUFFICIENT));
  }

  @Test
  void aDeposedLeaderSaysWhichOutcomesAreOpen() {
    Desk desk = withStock();
    long logged = desk.trade(2, Side.BUY, 1, "GameStart");
    long refused = desk.trade(3, Side.BUY, 1_000, "GameStart");
    long parked = desk.trade(4, Side.BUY, 1, "FishCo");
    long lookup = desk.find(1);
    desk.exchange.deposed(3);
    assertThat(desk.answers)
        .containsEntry(logged, new Failed(Status.NOT_LEADER, Reason.OUTCOME_OPEN, 3, ""))
        .containsEntry(refused, new Failed(Status.NOT_LEADER, Reason.NONE, 3, ""))
        .containsEntry(parked, new Failed(Status.NOT_LEADER, Reason.NONE, 3, ""))
        .containsEntry(lookup, new Failed(Status.NOT_LEADER, Reason.NONE, 3, ""));
    long later = desk.trade(5, Side.BUY, 1, "GameStart");
    assertThat(desk.answers)
        .containsEntry(later, new Failed(Status.NOT_LEADER, Reason.NONE, 3, ""));
  }

  @Test
  void requestsBeforeTheEpochIsCommittedWaitForIt() {
    var desk = new Desk();
    desk.lead();
    desk.exchange.catalogOpened();
    desk.applied();
    long trade = desk.trade(1, Side.BUY, 1, "GameStart");
    long lookup = desk.find(0);
    assertThat(desk.answers).isEmpty();
    desk.commit();
    desk.exchange.serves();
    desk.hydrated("GameStart", 100, 0);
    desk.settle();
    assertThat(desk.answers)
        .containsEntry(trade, new Traded(0))
        .containsEntry(lookup, failed(Status.NOT_FOUND, Reason.NONE));
  }

  @Test
  void whatIsNotReleasedInFiveSecondsIsGivenUp() {
    Desk desk = withStock();
    long logged = desk.trade(2, Side.BUY, 1, "GameStart");
    long refused = desk.trade(3, Side.BUY, 1_000, "GameStart");
    desk.exchange.tick(desk.nowNanos + 4 * Desk.SECOND);
    assertThat(desk.answers).doesNotContainKeys(logged, refused);
    assertThat(desk.exchange.waitsForTime()).isTrue();
    desk.exchange.tick(desk.nowNanos + 5 * Desk.SECOND);
    assertThat(desk.exchange.waitsForTime()).isFalse();
    var open = new Failed(Status.UNAVAILABLE, Reason.OUTCOME_OPEN, 0, "not released in time");
    var nothing = new Failed(Status.UNAVAILABLE, Reason.NONE, 0, "not released in time");
    assertThat(desk.answers).containsEntry(logged, open).containsEntry(refused, nothing);
    desk.settle();
  }

  @Test
  @Tag("O6")
  void tooManyRequestsAreRefusedAsBusy() {
    var desk = new Desk();
    desk.lead();
    for (int i = 0; i < 65_536; i++) {
      desk.find(i);
    }
    assertThat(desk.answers).isEmpty();
    long one = desk.find(0);
    assertThat(desk.answers.get(one))
        .isInstanceOfSatisfying(Failed.class, f -> assertThat(f.status()).isEqualTo(Status.BUSY));
  }

  @Test
  @Tag("C5")
  void stocksAreListedOnceHoweverOftenTheyAreProposed() {
    Desk desk = Desk.serving();
    long applied = desk.log.lastIndex();
    var stock = new Stock("NewCo", 250, 10, 0, 0, 0);
    desk.exchange.propose(new Propose(applied - 1, List.of(stock)));
    assertThat(desk.log.lastIndex()).as("proposed before the epoch").isEqualTo(applied);
    desk.exchange.propose(new Propose(applied, List.of(stock)));
    desk.exchange.propose(new Propose(applied, List.of(stock)));
    assertThat(desk.log.lastIndex()).isEqualTo(applied + 1);
    Entry entry = desk.log.read(applied + 1);
    assertThat(entry.kind()).isEqualTo(Kind.LIST);
    assertThat(entry.priceCents()).isEqualTo(250);
    desk.trade(1, Side.BUY, 1, "NewCo");
    assertThat(desk.hydrationMinimum).as("the listing itself").containsEntry("NewCo", applied + 1);
  }
}
