package org.stockbazaar.catalog.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.catalog.lease.Leases;
import org.stockbazaar.catalog.view.Catalog.Outcome;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Browse;
import org.stockbazaar.protocol.message.Message.Digested;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Foreign;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Hydrate;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Lookup;
import org.stockbazaar.protocol.message.Message.Page;
import org.stockbazaar.protocol.message.Message.Prepare;
import org.stockbazaar.protocol.message.Message.Prepared;
import org.stockbazaar.protocol.message.Message.Withdraw;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.message.StockDigest;

class CatalogTest {
  private static final long LEASE = 300;
  private static final long LEADER = 3;
  private static final long SECOND = 1_000_000_000L;

  private final TreeTable table = new TreeTable(100);
  private final View view = new View(table, Basis.EMPTY);
  private final Leases leases = new Leases(LEASE);
  private final Map<Long, Message> answers = new LinkedHashMap<>();
  private final Catalog catalog =
      new Catalog(
          view, leases, (asker, reply) -> answers.put(asker.correlation(), reply), LEASE, 0);
  private final History history = new History(1).list("FishCo", 100).list("BoarCo", 50);
  private long correlation;

  private long lookup(int gateway, String stock, long now) {
    catalog.lookup(new Asker(gateway, gateway, ++correlation, "", 0), new Lookup(stock, 1), now);
    return correlation;
  }

  private Stock shown(long request) {
    return ((Found) answers.get(request)).stock();
  }

  private static Stock stock(String name, long quantity, long volume, long lastIndex) {
    return new Stock(name, 1599, quantity, volume, 0, lastIndex);
  }

  private void ready() {
    catalog.apply(LEADER, history.apply(0, history.last()), 0);
    assertThat(catalog.isReady()).isTrue();
    leases.opened(1, 1);
    leases.opened(2, 1);
  }

  private void gatewayHolds(int gateway, String stock) {
    leases.opened(gateway, 1);
    leases.renew(gateway, 0);
    lookup(gateway, stock, 0);
  }

  @Test
  @Tag("C3")
  void appliesInOrderAndChangesQuantityAndVolumeTogether() {
    history.trade(Side.BUY, 30, "FishCo").trade(Side.SELL, 5, "FishCo");
    ready();
    assertThat(view.get("FishCo")).isEqualTo(stock("FishCo", 75, 35, 5));
    assertThat(view.index()).isEqualTo(5);
    assertThat(view.checksum()).isEqualTo(history.checksumAt(5));
    assertThat(((Digested) catalog.digested()).digest())
        .isEqualTo(
            StockDigest.of(stock("FishCo", 75, 35, 5)) + StockDigest.of(stock("BoarCo", 50, 0, 3)));
  }

  @Test
  @Tag("C3")
  void appliesEachEntryOnceHoweverOftenItIsSent() {
    history.trade(Side.BUY, 30, "FishCo").trade(Side.BUY, 1, "FishCo");
    ready();
    for (int from = 0; from <= 5; from++) {
      assertThat(catalog.apply(LEADER, history.apply(from, 5), 0)).isEqualTo(Outcome.APPLIED);
    }
    assertThat(view.get("FishCo")).isEqualTo(stock("FishCo", 69, 31, 5));
  }

  @Test
  @Tag("C3")
  void answersAGapAndAnotherHistoryWithWhatItHas() {
    history.trade(Side.BUY, 30, "FishCo");
    catalog.apply(LEADER, history.apply(0, 2), 0);
    assertThat(catalog.apply(LEADER, history.apply(3, 4), 0)).isEqualTo(Outcome.UNFITTING);
    var other = new History(2).list("FishCo", 7).list("BoarCo", 7);
    assertThat(catalog.apply(LEADER, other.apply(2, 3), 0)).isEqualTo(Outcome.UNFITTING);
    assertThat(catalog.apply(LEADER, other.apply(1, 3), 0)).isEqualTo(Outcome.UNFITTING);
    assertThat(catalog.takeNews())
        .isEqualTo(new Applied(2, history.checksumAt(2), true, List.of()));
    assertThat(view.get("FishCo")).isEqualTo(stock("FishCo", 100, 0, 2));
  }

  @Test
  void ignoresALeaderOfAnOlderEpoch() {
    catalog.apply(LEADER, new History(2).apply(0, 1), 0);
    assertThat(catalog.apply(LEADER, history.apply(0, 3), 0)).isEqualTo(Outcome.STALE);
    assertThat(view.index()).isEqualTo(1);
  }

  @Test
  @Tag("C3")
  void rebuildsOnceOnCorruptionAndThenStops() {
    history.trade(Side.BUY, 101, "FishCo");
    assertThat(catalog.apply(LEADER, history.apply(0, 4), 0)).isEqualTo(Outcome.REBUILDING);
    assertThat(view.index()).isZero();
    assertThat(table.size()).isZero();
    assertThatExceptionOfType(CorruptionException.class)
        .isThrownBy(() -> catalog.apply(LEADER, history.apply(0, 4), 0))
        .withMessageContaining("entry 4")
        .withMessageContaining("-1 shares");
  }

  @Test
  @Tag("C3")
  void neverSkipsATradeOfAnUnknownStock() {
    history.trade(Side.SELL, 1, "NoSuchStock");
    assertThat(catalog.apply(LEADER, history.apply(0, 4), 0)).isEqualTo(Outcome.REBUILDING);
  }

  @Test
  @Tag("C6")
  void aFullTableIsAClearRefusal() {
    for (int i = 0; i < 99; i++) {
      history.list("Co-" + i, 1);
    }
    assertThatExceptionOfType(CatalogFullException.class)
        .isThrownBy(() -> catalog.apply(LEADER, history.apply(0, history.last()), 0))
        .withMessageContaining("more than 100 stocks");
  }

  @Test
  void aResetGivesEveryStockBackWhatItWasListedWith() {
    history.trade(Side.BUY, 30, "FishCo").reset().trade(Side.BUY, 1, "BoarCo");
    ready();
    assertThat(view.get("FishCo")).isEqualTo(stock("FishCo", 100, 0, 5));
    assertThat(view.get("BoarCo")).isEqualTo(stock("BoarCo", 49, 1, 6));
  }

  @Test
  @Tag("C4")
  void beginsAnewWhenTheLeaderDoesNotKnowItsHistory() {
    ready();
    var foreign = new Foreign(2, view.index(), view.checksum());
    assertThat(catalog.foreign(new Foreign(2, view.index() - 1, 0), 10)).isFalse();
    assertThat(catalog.foreign(foreign, 10)).isTrue();
    assertThat(catalog.isReady()).isFalse();
    assertThat(catalog.applied()).isEqualTo(new Applied(0, 0, false, List.of()));
    var other = new History(2).list("FishCo", 7);
    catalog.apply(LEADER, other.apply(0, 2), 10);
    assertThat(catalog.isReady()).as("old leases may still be served from").isFalse();
    catalog.settle(10 + LEASE);
    assertThat(catalog.isReady()).isTrue();
  }

  @Test
  @Tag("C4")
  void aSystemWithoutStocksHasNoOldLeasesToWaitFor() {
    var young =
        new Catalog(view, leases, (asker, reply) -> answers.put(1L, reply), LEASE, 10 + LEASE);
    young.apply(LEADER, new History(1).apply(0, 1), 10);
    assertThat(young.isReady()).isTrue();
  }

  // ---- prepared trades -------------------------------------------------------------------------

  private static List<LetGo> nobody(int count) {
    return Collections.nCopies(count, LetGo.NOBODY);
  }

  private void prepare(long epoch, long first, String... stocks) {
    catalog.prepare(LEADER, new Prepare(epoch, first, List.of(stocks), nobody(stocks.length)), 0);
  }

  @Test
  @Tag("K2")
  void aStockIsNotShownWhileTheEndOfAPreparedTradeIsNotKnown() {
    ready();
    prepare(1, 4, "FishCo");
    assertThat(catalog.takePrepared()).isEqualTo(new Prepared(1, 4, List.of()));
    long waits = lookup(1, "FishCo", 0);
    long other = lookup(1, "BoarCo", 0);
    catalog.settle(1);
    assertThat(answers).doesNotContainKey(waits).containsKey(other);
    catalog.takeNews();
    history.trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 4), 1);
    assertThat(shown(waits).quantity()).isEqualTo(99);
    assertThat(catalog.takeNews()).as("no news: it was prepared").isNull();
    prepare(1, 5, "FishCo");
    assertThat(catalog.takeNews().index()).as("with what is told anyway").isEqualTo(4);
  }

  @Test
  @Tag("K2")
  void aPreparedTradeOfAGatewayThatLetGoWaitsForTheOthersOnly() {
    ready();
    gatewayHolds(1, "FishCo");
    var trade = new Prepare(1, 4, List.of("FishCo"), List.of(new LetGo(1, 1, 1)));
    catalog.prepare(LEADER, trade, 0);
    assertThat(catalog.takePrepared()).isEqualTo(new Prepared(1, 4, List.of()));
    assertThat(leases.takeDrops(0)).isEmpty();
  }

  @Test
  @Tag("K2")
  void aLookupThatWaitedDoesNotHideTheOneThatOvertookIt() {
    ready();
    gatewayHolds(2, "FishCo");
    leases.renew(1, 0);
    prepare(1, 4, "FishCo");
    history.trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 4), 0);
    leases.takeDrops(0);
    catalog.lookup(new Asker(1, 1, 101, "", 0), new Lookup("FishCo", 1), 0);
    leases.dropped(2, 1);
    catalog.lookup(new Asker(1, 1, 105, "", 0), new Lookup("FishCo", 5), 0);
    catalog.settle(0);
    assertThat(List.copyOf(answers.keySet())).endsWith(105L, 101L);
    var trade = new Prepare(1, 5, List.of("FishCo"), List.of(new LetGo(1, 1, 4)));
    catalog.prepare(LEADER, trade, 0);
    assertThat(leases.takeDrops(0)).containsExactly(new Leases.DropBatch(1, 1, List.of("FishCo")));
  }

  @Test
  @Tag("K2")
  void gatewaysAreToldWhenATradeIsPreparedAndNotAgainWhenItIsApplied() {
    ready();
    gatewayHolds(1, "FishCo");
    prepare(1, 4, "BoarCo", "FishCo");
    assertThat(catalog.takePrepared()).isEqualTo(new Prepared(1, 5, List.of(5L)));
    assertThat(leases.takeDrops(0)).containsExactly(new Leases.DropBatch(1, 1, List.of("FishCo")));
    history.trade(Side.BUY, 1, "BoarCo").trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 5), 0);
    assertThat(leases.takeDrops(0)).isEmpty();
    assertThat(catalog.applied().unreleased()).containsExactly(5L);
    leases.dropped(1, 1);
    assertThat(catalog.takeNews().unreleased()).isEmpty();
  }

  @Test
  @Tag("K2")
  void whatANewLeaderHasCommittedEndsWhatTheOneBeforePrepared() {
    ready();
    prepare(1, 4, "FishCo", "FishCo");
    long waits = lookup(1, "FishCo", 0);
    var other = new History(1).list("FishCo", 100).list("BoarCo", 50).epoch(2);
    other.trade(Side.BUY, 1, "BoarCo");
    catalog.apply(LEADER, other.apply(3, 4, 5), 0);
    assertThat(answers).as("the new leader has more").doesNotContainKey(waits);
    catalog.apply(LEADER, other.apply(4, 5), 0);
    assertThat(shown(waits).quantity()).as("the trade is not on its log").isEqualTo(100);
  }

  @Test
  @Tag("K2")
  void whatADeposedLeaderGivesUpIsWaitedForNoMore() {
    ready();
    prepare(1, 4, "FishCo", "BoarCo");
    long waits = lookup(1, "BoarCo", 0);
    catalog.withdraw(new Withdraw(2, 3));
    catalog.settle(1);
    assertThat(answers).as("another one gave up").doesNotContainKey(waits);
    catalog.withdraw(new Withdraw(1, 3));
    catalog.settle(1);
    assertThat(shown(waits).quantity()).isEqualTo(50);
    gatewayHolds(2, "BoarCo");
    var other = new History(1).list("FishCo", 100).list("BoarCo", 50);
    other.trade(Side.BUY, 1, "FishCo").trade(Side.BUY, 1, "BoarCo").epoch(2);
    catalog.apply(LEADER, other.apply(3, 6), 1);
    assertThat(catalog.takeNews().unreleased()).as("the trade came after all").containsExactly(5L);
  }

  @Test
  @Tag("K2")
  void aStockWithACommittedTradeIsNotShownWhenItsNextOneIsWithdrawn() {
    ready();
    prepare(1, 4, "FishCo");
    prepare(1, 5, "FishCo");
    catalog.withdraw(new Withdraw(1, 4));
    long asked = lookup(1, "FishCo", 0);
    catalog.settle(1);
    assertThat(answers).as("somebody may know of the first trade").doesNotContainKey(asked);
    var other = new History(1).list("FishCo", 100).list("BoarCo", 50);
    other.trade(Side.BUY, 1, "FishCo").epoch(2);
    catalog.apply(LEADER, other.apply(3, 5), 1);
    assertThat(shown(asked).quantity()).isEqualTo(99);
  }

  @Test
  @Tag("K2")
  void anEntryOfANewLeaderIsNotReleasedWithAnOlderOnesOfItsIndex() {
    ready();
    gatewayHolds(1, "FishCo");
    gatewayHolds(2, "BoarCo");
    prepare(1, 4, "FishCo", "FishCo");
    var other = new History(1).list("FishCo", 100).list("BoarCo", 50).epoch(2);
    other.trade(Side.BUY, 1, "BoarCo");
    catalog.apply(LEADER, other.apply(3, 5), 0);
    leases.takeDrops(0);
    leases.dropped(1, 1);
    assertThat(catalog.takeNews().unreleased()).containsExactly(5L);
    leases.dropped(2, 1);
    assertThat(catalog.takeNews().unreleased()).isEmpty();
  }

  @Test
  @Tag("K2")
  void aViewThatBeginsAgainStillHidesWhatWasPrepared() {
    ready();
    prepare(1, 4, "FishCo");
    long waits = lookup(1, "FishCo", 0);
    assertThat(catalog.foreign(new Foreign(1, view.index(), view.checksum()), 0)).isTrue();
    catalog.apply(LEADER, history.apply(0, 3), LEASE);
    assertThat(catalog.isReady()).isTrue();
    long again = lookup(1, "FishCo", LEASE);
    assertThat(answers).doesNotContainKeys(waits, again);
    history.trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 4), LEASE);
    assertThat(shown(again).quantity()).isEqualTo(99);
  }

  @Test
  void preparesNothingThatDoesNotFit() {
    prepare(1, 1, "FishCo");
    assertThat(catalog.takePrepared()).as("not ready").isNull();
    ready();
    prepare(2, 4, "FishCo");
    prepare(1, 5, "FishCo");
    prepare(1, 3, "FishCo");
    catalog.prepare(LEADER + 1, new Prepare(1, 4, List.of("FishCo"), nobody(1)), 0);
    assertThat(catalog.takePrepared()).isNull();
    prepare(1, 4, "FishCo");
    prepare(1, 4, "FishCo", "BoarCo");
    assertThat(catalog.takePrepared()).isEqualTo(new Prepared(1, 5, List.of()));
  }

  /** Two slices, a trade of each stock and a listing between them. */
  private void keepFuzzyCheckpoint() {
    history.trade(Side.BUY, 1, "BoarCo").trade(Side.BUY, 2, "FishCo");
    catalog.apply(LEADER, history.apply(0, 5), 0);
    TreeTable.Slice first = table.slice(view, "", 1);
    history.trade(Side.BUY, 3, "BoarCo").trade(Side.BUY, 4, "FishCo").list("Later", 9);
    history.trade(Side.BUY, 5, "Later");
    catalog.apply(LEADER, history.apply(5, 9), 0);
    table.keep(first, table.slice(view, "BoarCo", 9));
  }

  @Test
  @Tag("C4")
  void aFuzzyCheckpointBecomesTheLogsStateAndShowsNothingBefore() {
    keepFuzzyCheckpoint();
    history.reset().trade(Side.BUY, 6, "FishCo");
    catalog.apply(LEADER, history.apply(9, 11), 0);
    Message whole = catalog.digested();
    assertThat(catalog.foreign(new Foreign(1, 11, history.checksumAt(11)), 0)).isTrue();
    assertThat(view.index()).isEqualTo(5);
    catalog.apply(LEADER, history.apply(5, 8, false), LEASE);
    catalog.hydrate(new Asker(LEADER, 0, 70, "", 0), new Hydrate("FishCo", 5), LEASE);
    assertThat(catalog.digested()).isInstanceOf(Failed.class);
    assertThat(answers).as("a stock may be ahead").doesNotContainKey(70L);
    catalog.apply(LEADER, history.apply(8, 11), LEASE);
    assertThat(catalog.isReady()).isTrue();
    assertThat(catalog.digested()).isEqualTo(whole);
    assertThat(shown(70)).isEqualTo(stock("FishCo", 94, 6, 11));
  }

  @Test
  @Tag("C4")
  void aCheckpointOfALogThatTheLeaderDoesNotHaveIsGivenUp() {
    keepFuzzyCheckpoint();
    catalog.foreign(new Foreign(1, 9, history.checksumAt(9)), 0);
    assertThat(view.index()).isEqualTo(5);
    // The leader's log has the entry at 5 and ends before the last slice was taken.
    assertThat(catalog.apply(LEADER, history.apply(5, 7), 0)).isEqualTo(Outcome.REBUILDING);
    assertThat(view.index()).isZero();
    assertThat(table.size()).isZero();
  }

  @Test
  @Tag("C4")
  void aCheckpointWhoseSlicesAreOfAnotherLogIsGivenUp() {
    keepFuzzyCheckpoint();
    catalog.foreign(new Foreign(1, 9, history.checksumAt(9)), 0);
    var other = new History(1).list("FishCo", 100).list("BoarCo", 50);
    other.trade(Side.BUY, 1, "BoarCo").trade(Side.BUY, 2, "FishCo");
    assertThat(other.checksumAt(5)).isEqualTo(history.checksumAt(5));
    for (int i = 0; i < 9; i++) {
      other.trade(Side.SELL, 1, "BoarCo");
    }
    assertThat(catalog.apply(LEADER, other.apply(5, 14), 0)).isEqualTo(Outcome.REBUILDING);
    assertThat(view.index()).isZero();
    catalog.apply(LEADER, other.apply(0, 14), LEASE);
    assertThat(view.get("BoarCo").quantity()).isEqualTo(58);
  }

  @Test
  @Tag("C4")
  void triesOlderCheckpointsOneAfterTheOther() {
    keepFuzzyCheckpoint();
    table.keep(table.slice(view, "", 9));
    catalog.foreign(new Foreign(1, 9, history.checksumAt(9)), 0);
    assertThat(view.index()).isEqualTo(9);
    catalog.foreign(new Foreign(1, 9, history.checksumAt(9)), 0);
    assertThat(view.index()).isEqualTo(5);
    catalog.foreign(new Foreign(1, 5, history.checksumAt(5)), 0);
    assertThat(view.index()).isZero();
  }

  @Test
  @Tag("K2")
  void servesNothingBeforeItHasCaughtUpWithAConfirmedLeader() {
    lookup(1, "FishCo", 0);
    assertThat(((Failed) answers.get(1L)).status()).isEqualTo(Status.UNAVAILABLE);
    catalog.apply(LEADER, history.apply(0, 3, false), 0);
    assertThat(catalog.isReady()).as("not confirmed").isFalse();
    history.trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, new Message.Apply(1, 1, true, 3, history.checksumAt(3), 4, List.of()), 0);
    assertThat(catalog.isReady()).as("behind").isFalse();
    assertThat(catalog.applied().ready()).isFalse();
    catalog.apply(LEADER, history.apply(3, 4), 0);
    assertThat(catalog.isReady()).isTrue();
    assertThat(catalog.takeNews().ready()).isTrue();
  }

  @Test
  @Tag("K2")
  void servesNothingBeforeLeasesOfTheProcessBeforeAreOver() {
    var late = new Catalog(view, leases, (asker, reply) -> {}, LEASE, LEASE);
    late.apply(LEADER, history.apply(0, 3), LEASE - 1);
    assertThat(late.isReady()).isFalse();
    assertThat(late.waitsForTime()).isTrue();
    late.settle(LEASE);
    assertThat(late.isReady()).isTrue();
  }

  @Test
  @Tag("K2")
  void aChangedStockIsShownWhenEveryHolderHasDroppedIt() {
    ready();
    gatewayHolds(1, "FishCo");
    history.trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 4), 10);
    assertThat(catalog.takeNews().unreleased()).containsExactly(4L);
    long waits = lookup(2, "FishCo", 20);
    long other = lookup(2, "BoarCo", 20);
    catalog.settle(30);
    assertThat(answers).doesNotContainKey(waits);
    assertThat(shown(other)).isEqualTo(stock("BoarCo", 50, 0, 3));
    assertThat(leases.takeDrops(30)).hasSize(1);
    leases.dropped(1, 1);
    catalog.settle(40);
    assertThat(shown(waits)).isEqualTo(stock("FishCo", 99, 1, 4));
    assertThat(catalog.takeNews().unreleased()).isEmpty();
  }

  @Test
  @Tag("K2")
  void aRepeatedApplyReleasesNothing() {
    ready();
    gatewayHolds(1, "FishCo");
    history.trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 4), 10);
    catalog.apply(LEADER, history.apply(3, 4), 20);
    assertThat(catalog.takeNews().unreleased()).containsExactly(4L);
  }

  @Test
  void aPageWaitsForTheStocksOnIt() {
    ready();
    gatewayHolds(1, "FishCo");
    history.trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 4), 10);
    catalog.browse(new Asker(2, 2, 50, "", 0), new Browse("", 10), 20);
    catalog.browse(new Asker(2, 2, 51, "", 0), new Browse("FishCo", 10), 20);
    assertThat(answers).doesNotContainKey(50L).containsEntry(51L, new Page(List.of(), false));
    catalog.settle(LEASE);
    assertThat(answers)
        .containsEntry(
            50L, new Page(List.of(stock("BoarCo", 50, 0, 3), stock("FishCo", 99, 1, 4)), false));
    catalog.browse(new Asker(2, 2, 52, "", 0), new Browse("", 1), LEASE);
    assertThat(answers).containsEntry(52L, new Page(List.of(stock("BoarCo", 50, 0, 3)), true));
  }

  @Test
  void theLeadersOwnLookupWaitsForItsEntryButForNoRelease() {
    ready();
    gatewayHolds(1, "FishCo");
    history.trade(Side.BUY, 1, "FishCo").trade(Side.BUY, 1, "FishCo");
    catalog.apply(LEADER, history.apply(3, 4), 10);
    catalog.hydrate(new Asker(3, 0, 60, "", 0), new Hydrate("FishCo", 4), 20);
    catalog.hydrate(new Asker(3, 0, 61, "", 0), new Hydrate("FishCo", 5), 20);
    assertThat(shown(60)).isEqualTo(stock("FishCo", 99, 1, 4));
    assertThat(answers).doesNotContainKey(61L);
    catalog.apply(LEADER, history.apply(4, 5), 30);
    assertThat(shown(61)).isEqualTo(stock("FishCo", 98, 2, 5));
  }

  @Test
  void theLeadersOwnLookupWaitsUntilItsLogFits() {
    ready();
    catalog.hydrate(new Asker(4, 0, 60, "", 0), new Hydrate("FishCo", 1), 20);
    assertThat(catalog.apply(4, history.apply(0, 2), 30)).isEqualTo(Outcome.UNFITTING);
    assertThat(catalog.apply(4, new History(2).list("FishCo", 7).apply(1, 2), 30))
        .isEqualTo(Outcome.UNFITTING);
    catalog.settle(30);
    assertThat(answers).isEmpty();
    var foreign = new Foreign(2, view.index(), view.checksum());
    assertThat(catalog.foreign(foreign, 40)).isTrue();
    catalog.apply(4, new History(2).list("FishCo", 7).apply(0, 2), 50);
    assertThat(shown(60)).isEqualTo(stock("FishCo", 7, 0, 2));
  }

  @Test
  @Tag("C3")
  void aConfirmationWithoutTheAppliedEntryShowsNothing() {
    catalog.apply(LEADER, history.apply(0, 3, false), 0);
    assertThat(catalog.apply(LEADER, history.apply(0, 2), 0)).isEqualTo(Outcome.UNFITTING);
    assertThat(catalog.isReady()).isFalse();
  }

  @Test
  void whatIsNotShownInTwoSecondsIsRefused() {
    ready();
    catalog.hydrate(new Asker(3, 0, 60, "", 0), new Hydrate("FishCo", 99), 0);
    catalog.settle(2 * SECOND - 1);
    assertThat(answers).isEmpty();
    catalog.settle(2 * SECOND);
    assertThat(((Failed) answers.get(60L)).status()).isEqualTo(Status.UNAVAILABLE);
  }

  @Test
  void unknownStocksAreNotFound() {
    ready();
    long request = lookup(1, "NoSuchStock", 0);
    assertThat(((Failed) answers.get(request)).status()).isEqualTo(Status.NOT_FOUND);
  }
}
