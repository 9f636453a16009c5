package org.stockbazaar.order.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Entry.Kind;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Foreign;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Prepare;
import org.stockbazaar.protocol.message.Message.Withdraw;
import org.stockbazaar.protocol.message.Side;

class CatalogFeedTest {
  private final Desk desk = new Desk();

  private Apply lastApply() {
    return (Apply) desk.sentToCatalog.get(desk.sentToCatalog.size() - 1);
  }

  private void serveWithEntries(int count) {
    desk.lead();
    for (int i = 1; i < count; i++) {
      desk.log.epoch(1);
    }
    desk.commit();
    desk.exchange.serves();
    desk.exchange.catalogOpened();
  }

  private void appliedUpTo(long index) {
    desk.exchange.applied(new Applied(index, desk.log.checksumAt(index), true, List.of()));
    desk.exchange.flush();
  }

  @Test
  void sendsNothingBeforeTheCatalogSaysWhatItHas() {
    serveWithEntries(3);
    desk.exchange.flush();
    assertThat(desk.sentToCatalog).isEmpty();
  }

  @Test
  void goesOnFromWhatTheCatalogHas() {
    serveWithEntries(5);
    appliedUpTo(2);
    Apply apply = lastApply();
    assertThat(apply.previousIndex()).isEqualTo(2);
    assertThat(apply.previousChecksum()).isEqualTo(desk.log.checksumAt(2));
    assertThat(apply.entries()).isEqualTo(desk.log.read(3, 10));
    assertThat(apply.commitIndex()).isEqualTo(5);
    appliedUpTo(5);
    assertThat(desk.sentToCatalog).hasSize(1);
  }

  private static Prepare prepare(long first, String... stocks) {
    return prepare(1, first, stocks);
  }

  private static Prepare prepare(long epoch, long first, String... stocks) {
    List<LetGo> nobody = Collections.nCopies(stocks.length, LetGo.NOBODY);
    return new Prepare(epoch, first, List.of(stocks), nobody);
  }

  private void trades(String... stocks) {
    for (String stock : stocks) {
      desk.propose(Kind.TRADE, new Key(9, desk.log.lastIndex()), Side.SELL, 1, 0, 0, stock);
    }
  }

  @Test
  void preparesEachTradeBehindWhatTheCatalogHasOnce() {
    serveWithEntries(3);
    trades("FishCo");
    assertThat(desk.exchange.prepare()).as("its place is not known").isFalse();
    appliedUpTo(3);
    trades("BoarCo");
    assertThat(desk.exchange.prepare()).isTrue();
    trades("FishCo");
    assertThat(desk.exchange.prepare()).isTrue();
    assertThat(desk.exchange.prepare()).isFalse();
    assertThat(desk.sentToCatalog)
        .filteredOn(Prepare.class::isInstance)
        .containsExactly(prepare(4, "FishCo", "BoarCo"), prepare(6, "FishCo"));
    desk.commit();
    desk.exchange.flush();
    assertThat(lastApply().entries()).as("and sends them when they are committed").hasSize(3);
  }

  @Test
  void saysOfEachTradeWhoLetItsStockGo() {
    serveWithEntries(3);
    appliedUpTo(3);
    var first = new LetGo(1, 7, 30);
    var second = new LetGo(2, 8, 40);
    desk.trade(1, Side.SELL, 1, "FishCo", first);
    desk.hydrated("FishCo", 100, 0);
    trades("BoarCo");
    desk.trade(2, Side.SELL, 1, "FishCo", second);
    desk.exchange.prepare();
    assertThat(desk.sentToCatalog)
        .contains(
            new Prepare(
                1, 4, List.of("FishCo", "BoarCo", "FishCo"), List.of(first, LetGo.NOBODY, second)));
    desk.trade(3, Side.SELL, 1, "FishCo", first);
    desk.commit();
    desk.exchange.flush();
    desk.trade(4, Side.SELL, 1, "FishCo", second);
    desk.exchange.prepare();
    assertThat(desk.sentToCatalog)
        .as("what is committed meanwhile is sent, not prepared")
        .contains(new Prepare(1, 8, List.of("FishCo"), List.of(second)));
  }

  @Test
  void saysNothingOfWhoLetGoForTradesThatTookTheirPlaces() {
    serveWithEntries(3);
    desk.trade(1, Side.SELL, 1, "FishCo", new LetGo(1, 7, 30));
    desk.hydrated("FishCo", 100, 0);
    desk.trade(2, Side.SELL, 1, "FishCo", new LetGo(1, 7, 30));
    desk.exchange.deposed(0);
    desk.log.truncate(3);
    desk.exchange.truncated(3);
    desk.lead();
    desk.commit();
    desk.exchange.serves();
    appliedUpTo(4);
    trades("FishCo", "BoarCo");
    desk.exchange.prepare();
    assertThat(desk.sentToCatalog).contains(prepare(2, 5, "FishCo", "BoarCo"));
  }

  @Test
  void givesUpWhatIsPreparedAndNotCommittedWithTheLeadership() {
    serveWithEntries(3);
    appliedUpTo(3);
    trades("FishCo", "BoarCo");
    desk.exchange.prepare();
    desk.exchange.committed(4);
    desk.exchange.deposed(0);
    assertThat(desk.sentToCatalog).last().isEqualTo(new Withdraw(1, 4));
    desk.exchange.deposed(0);
    assertThat(desk.sentToCatalog).filteredOn(Withdraw.class::isInstance).hasSize(1);
  }

  @Test
  void preparesNothingBehindAListingBeforeTheCatalogHasIt() {
    serveWithEntries(3);
    appliedUpTo(3);
    desk.propose(Kind.LIST, Key.NONE, null, 1, 1, 0, "NewCo");
    trades("FishCo");
    assertThat(desk.exchange.prepare()).isFalse();
    desk.commit();
    desk.exchange.flush();
    trades("BoarCo");
    assertThat(desk.exchange.prepare()).isTrue();
    assertThat(desk.sentToCatalog).contains(prepare(6, "BoarCo"));
  }

  @Test
  void sendsOnlyWhatIsCommitted() {
    serveWithEntries(5);
    desk.log.epoch(1);
    appliedUpTo(0);
    assertThat(lastApply().entries()).hasSize(5);
  }

  @Test
  void saysThatTheLeaderIsConfirmedWhenAMajoritySaidSoAfterTheChannelOpened() {
    serveWithEntries(2);
    appliedUpTo(2);
    assertThat(desk.sentToCatalog).hasSize(1);
    assertThat(lastApply().confirmed()).isFalse();
    desk.majorityAnswers();
    desk.exchange.flush();
    assertThat(lastApply().confirmed()).isTrue();
    assertThat(lastApply().entries()).isEmpty();
    desk.exchange.flush();
    assertThat(desk.sentToCatalog).as("told once").hasSize(2);
    desk.exchange.catalogClosed();
    desk.exchange.catalogOpened();
    appliedUpTo(2);
    assertThat(lastApply().confirmed()).as("an old round says nothing").isFalse();
  }

  @Test
  void sendsManyEntriesInBoundedFramesAndNotTooFarAhead() {
    serveWithEntries(20_000);
    appliedUpTo(0);
    assertThat(desk.sentToCatalog).hasSize(8);
    assertThat(lastApply().previousIndex()).isEqualTo(7_000);
    appliedUpTo(1_000);
    assertThat(lastApply().previousIndex()).isEqualTo(8_000);
    assertThat(desk.sentToCatalog).hasSize(9);
  }

  @Test
  void tellsACatalogOfAnotherHistoryToBeginAnew() {
    serveWithEntries(3);
    desk.exchange.applied(new Applied(2, 0x0bad, true, List.of()));
    desk.exchange.flush();
    assertThat(desk.sentToCatalog).containsExactly(new Foreign(1, 2, 0x0bad));
    desk.exchange.flush();
    assertThat(desk.sentToCatalog).as("told once").hasSize(1);
    appliedUpTo(0);
    assertThat(lastApply().entries()).hasSize(3);
  }

  @Test
  void tellsACatalogThatIsAheadOfTheLogToBeginAnew() {
    serveWithEntries(3);
    desk.exchange.applied(new Applied(4, 1, true, List.of()));
    desk.exchange.flush();
    assertThat(desk.sentToCatalog).containsExactly(new Foreign(1, 4, 1));
  }

  @Test
  void servesACatalogThatWentBackFromThere() {
    serveWithEntries(3);
    appliedUpTo(3);
    appliedUpTo(0);
    assertThat(lastApply().previousIndex()).isZero();
    assertThat(lastApply().entries()).hasSize(3);
  }
}
