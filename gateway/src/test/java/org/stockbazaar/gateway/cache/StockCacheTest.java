package org.stockbazaar.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StockCacheTest {
  private static final long MILLI = 1_000_000;
  // Monotonic clocks may be about to wrap.
  private static final long START = Long.MAX_VALUE - 100 * MILLI;

  /** Keeps quantities. */
  private final StockCache<Long> cache = new StockCache<>(3);

  @BeforeEach
  void open() {
    cache.channelOpened();
  }

  @Test
  @Tag("K1")
  void startsEmptyAndIsFilledOnAMiss() {
    lease(0, 1);
    assertThat(cache.get("FishCo", at(2))).isNull();
    ask("FishCo", 2, 3, 100);
    assertThat(cache.get("FishCo", at(4))).isEqualTo(100);
    assertThat(cache.hits()).isEqualTo(1);
    assertThat(cache.misses()).isEqualTo(1);
  }

  @Test
  @Tag("K1")
  void isBoundedAndWhatNobodyAskedForLatelyLeavesFirst() {
    lease(0, 1);
    ask("A", 2, 3, 1);
    ask("B", 2, 3, 1);
    ask("C", 2, 3, 1);
    assertThat(cache.get("A", at(4))).isNotNull();
    ask("D", 5, 6, 1);
    assertThat(cache.entries()).isEqualTo(3);
    assertThat(cache.get("B", at(7))).isNull();
    for (String asked : List.of("A", "C", "D")) {
      assertThat(cache.get(asked, at(7))).isNotNull();
    }
    ask("E", 8, 9, 1);
    assertThat(cache.entries()).isEqualTo(3);
    assertThat(cache.get("C", at(10))).as("all were asked for, and it is the eldest").isNull();
    assertThat(cache.get("A", at(10))).isNotNull();
  }

  @Test
  @Tag("K1")
  void turnedOffItIsEmptyAndStaysSo() {
    lease(0, 1);
    ask("A", 2, 3, 1);
    var underway = cache.lookupSent("B", at(4));
    var renewal = cache.renewSent(at(4));
    cache.enable(false);
    cache.renewed(renewal, at(5));
    cache.fill(underway, 1L, at(5));
    assertThat(cache.entries()).isZero();
    assertThat(cache.mayHold()).isFalse();
    assertThat(cache.renewBeforeLookup(at(6))).isFalse();
    cache.enable(true);
    cache.renewed(renewal, at(7));
    assertThat(cache.leased(at(7))).as("a renewal from before counts for nothing").isFalse();
    assertThat(cache.renewBeforeLookup(at(7))).isTrue();
  }

  @Test
  @Tag("K2")
  void servesUntil250MillisAfterTheSendingOfTheRenewalAndNotAfterItsReceipt() {
    lease(0, 200);
    ask("A", 200, 201, 1);
    assertThat(cache.get("A", at(249))).isNotNull();
    assertThat(cache.get("A", at(250))).isNull();
    assertThat(cache.entries()).isZero();
  }

  @Test
  @Tag("K2")
  void aDroppedStockIsAskedForAgain() {
    lease(0, 1);
    ask("A", 2, 3, 1);
    ask("B", 2, 3, 1);
    cache.drop(List.of("A", "Unheld"));
    assertThat(cache.get("A", at(4))).isNull();
    assertThat(cache.get("B", at(4))).isNotNull();
  }

  @Test
  @Tag("K2")
  void whatIsLetGoIsForgottenAndNoAnswerOfBeforeIsKept() {
    lease(0, 1);
    ask("A", 2, 3, 1);
    ask("B", 2, 3, 1);
    var overtaken = cache.lookupSent("A", at(4));
    var other = cache.lookupSent("B", at(4));
    assertThat(cache.letGo("A")).isEqualTo(other.number());
    assertThat(cache.get("A", at(5))).isNull();
    var later = cache.lookupSent("A", at(5));
    assertThat(later.number()).isGreaterThan(other.number());
    cache.fill(other, 2L, at(6));
    assertThat(cache.get("B", at(6))).isEqualTo(2);
    cache.fill(overtaken, 1L, at(6));
    assertThat(cache.get("A", at(6))).as("it was asked for before").isNull();
    cache.fill(later, 3L, at(7));
    assertThat(cache.get("A", at(7))).isEqualTo(3);
  }

  @Test
  @Tag("K2")
  void whatIsLetGoMayBeKeptAgainWhenTheLookupsOfBeforeAreOver() {
    lease(0, 1);
    var lost = cache.lookupSent("A", at(2));
    cache.letGo("A");
    cache.lost(lost);
    ask("A", 3, 4, 1);
    assertThat(cache.get("A", at(5))).isNotNull();
  }

  @Test
  @Tag("K2")
  void aDropWithoutNamesEmptiesTheCacheAndKeepsTheLease() {
    lease(0, 1);
    ask("A", 2, 3, 1);
    cache.drop(List.of());
    assertThat(cache.entries()).isZero();
    assertThat(cache.leased(at(4))).isTrue();
  }

  @Test
  @Tag("K3")
  void aBrokenChannelEmptiesTheCache() {
    lease(0, 1);
    ask("A", 2, 3, 1);
    cache.channelClosed();
    assertThat(cache.get("A", at(4))).isNull();
    cache.channelOpened();
    assertThat(cache.get("A", at(5))).isNull();
    lease(5, 6);
    assertThat(cache.get("A", at(7))).isNull();
  }

  @Test
  @Tag("K3")
  void repliesOfAnOlderChannelAreIgnored() {
    lease(0, 1);
    var lookup = cache.lookupSent("A", at(2));
    var renewal = cache.renewSent(at(3));
    cache.channelClosed();
    cache.channelOpened();
    cache.renewed(renewal, at(4));
    assertThat(cache.leased(at(4))).isFalse();
    lease(2, 6);
    cache.fill(lookup, 1L, at(7));
    assertThat(cache.get("A", at(8))).isNull();
  }

  @Test
  @Tag("K3")
  void aReplyFromBeforeALapseNeverFillsTheCacheAfterIt() {
    lease(0, 1);
    var lookup = cache.lookupSent("A", at(2));
    // Nobody looks at the cache while the lease lapses and the next one begins.
    var renewal = cache.renewSent(at(300));
    cache.renewed(renewal, at(301));
    if (!cache.leased(at(301))) {
      lease(302, 303);
    }
    cache.fill(lookup, 1L, at(304));
    assertThat(cache.get("A", at(305))).isNull();
  }

  @Test
  @Tag("K3")
  void aReplyBehindALateRenewalNeverFillsTheCacheOfTheNextOne() {
    var late = cache.renewSent(at(0));
    var lookup = cache.lookupSent("A", at(0));
    var next = cache.renewSent(at(240));
    cache.renewed(late, at(260));
    assertThat(cache.leased(at(260))).isFalse();
    cache.renewed(next, at(261));
    assertThat(cache.leased(at(261))).isTrue();
    cache.fill(lookup, 1L, at(262));
    assertThat(cache.get("A", at(263))).isNull();
  }

  @Test
  @Tag("K3")
  void withoutALeaseAReplyIsNotKept() {
    ask("A", 2, 3, 1);
    assertThat(cache.entries()).isZero();
  }

  @Test
  void aLookupWithoutALeaseIsPrecededByOneRenewal() {
    assertThat(cache.renewBeforeLookup(at(0))).isTrue();
    var renewal = cache.renewSent(at(0));
    var lookup = cache.lookupSent("A", at(0));
    assertThat(cache.renewBeforeLookup(at(10))).as("one is underway").isFalse();
    assertThat(cache.renewBeforeLookup(at(50))).as("it was lost").isTrue();
    cache.renewed(renewal, at(51));
    cache.fill(lookup, 7L, at(52));
    assertThat(cache.get("A", at(53))).isEqualTo(7);
    assertThat(cache.renewBeforeLookup(at(200))).isFalse();
  }

  @Test
  void renewsEvery50MillisOnlyWhileStocksAreHeldAndAskedFor() {
    lease(0, 1);
    assertThat(cache.renewDue(at(60))).as("nothing is held").isFalse();
    cache.get("A", at(60));
    ask("A", 60, 61, 1);
    assertThat(cache.renewDue(at(61))).isTrue();
    assertThat(cache.renewDue(at(49))).as("too early").isFalse();
    for (int millis = 100; millis <= 1050; millis += 50) {
      lease(millis, millis + 1);
    }
    assertThat(cache.wanted(at(1059))).isTrue();
    assertThat(cache.wanted(at(1060))).as("nobody asked for a second").isFalse();
    assertThat(cache.leased(at(1300))).isFalse();
    assertThat(cache.entries()).isZero();
  }

  @Test
  void anOlderAcknowledgementDoesNotShortenTheLease() {
    var first = cache.renewSent(at(0));
    var second = cache.renewSent(at(50));
    cache.renewed(second, at(60));
    cache.renewed(first, at(61));
    assertThat(cache.leased(at(299))).isTrue();
    assertThat(cache.leased(at(300))).isFalse();
  }

  private void lease(long sentMillis, long receivedMillis) {
    var renewal = cache.renewSent(at(sentMillis));
    cache.renewed(renewal, at(receivedMillis));
  }

  private void ask(String name, long sentMillis, long receivedMillis, long quantity) {
    cache.fill(cache.lookupSent(name, at(sentMillis)), quantity, at(receivedMillis));
  }

  private static long at(long millis) {
    return START + millis * MILLI;
  }
}
