package org.stockbazaar.catalog.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.catalog.lease.Leases.DropBatch;
import org.stockbazaar.protocol.message.Message.LetGo;

@Tag("K2")
class LeasesTest {
  private static final long LEASE = 300;

  private final Leases leases = new Leases(LEASE);

  @BeforeEach
  void twoGatewaysHoldAStock() {
    for (int gateway = 1; gateway <= 2; gateway++) {
      leases.opened(gateway, 1);
      leases.renew(gateway, 0);
      leases.hold(gateway, "FishCo", 1, 0);
    }
  }

  @Test
  void aChangeIsReleasedWhenEveryHolderHasDroppedTheStock() {
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    assertThat(leases.unreleased()).containsExactly(7L);
    assertThat(leases.isUnreleased("FishCo")).isTrue();
    assertThat(leases.takeDrops(10))
        .containsExactly(
            new DropBatch(1, 1, List.of("FishCo")), new DropBatch(2, 1, List.of("FishCo")));
    assertThat(leases.takeDrops(10)).as("each batch once").isEmpty();
    leases.dropped(1, 1);
    assertThat(leases.takeReleased()).isFalse();
    leases.dropped(2, 1);
    assertThat(leases.takeReleased()).isTrue();
    assertThat(leases.unreleased()).isEmpty();
    assertThat(leases.isUnreleased("FishCo")).isFalse();
  }

  @Test
  void aGatewayThatHasLetGoNeedNotBeTold() {
    leases.changed(7, "FishCo", new LetGo(1, 1, 1), 10);
    assertThat(leases.takeDrops(10)).containsExactly(new DropBatch(2, 1, List.of("FishCo")));
    leases.dropped(2, 1);
    assertThat(leases.unreleased()).isEmpty();
    leases.hold(1, "FishCo", 2, 20);
    leases.changed(8, "FishCo", LetGo.NOBODY, 20);
    assertThat(leases.takeDrops(20)).containsExactly(new DropBatch(1, 1, List.of("FishCo")));
  }

  @Test
  void aGatewayIsToldOfWhatItLookedUpBehindItsLettingGo() {
    leases.hold(1, "FishCo", 5, 0);
    leases.changed(7, "FishCo", new LetGo(1, 1, 4), 10);
    assertThat(leases.takeDrops(10)).hasSize(2);
    leases.dropped(2, 1);
    assertThat(leases.unreleased()).containsExactly(7L);
  }

  @Test
  void whatAnotherProcessOfAGatewayLetGoIsHeldByThisOne() {
    leases.opened(1, 2);
    leases.renew(1, 0);
    leases.hold(1, "FishCo", 1, 0);
    leases.changed(7, "FishCo", new LetGo(1, 1, 900), 10);
    assertThat(leases.takeDrops(10)).hasSize(2);
  }

  @Test
  void lettingGoEndsNoWaitForADropOfBefore() {
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    leases.takeDrops(10);
    leases.changed(8, "FishCo", new LetGo(1, 1, 9), 10);
    leases.dropped(2, 1);
    assertThat(leases.unreleased()).containsExactly(7L, 8L);
    leases.dropped(1, 1);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void aLookupThatWaitedChangesNothingOfWhatANewerOneHolds() {
    leases.hold(1, "FishCo", 5, 0);
    leases.hold(1, "FishCo", 3, 0);
    leases.changed(7, "FishCo", new LetGo(1, 1, 4), 10);
    assertThat(leases.takeDrops(10)).hasSize(2);
  }

  @Test
  void whatWasAskedBackIsAwaitedAlthoughAnOlderLookupHoldsItAgain() {
    var few = new Leases(LEASE, 1);
    few.opened(1, 1);
    few.renew(1, 0);
    few.hold(1, "A", 5, 0);
    few.hold(1, "B", 6, 0);
    assertThat(few.takeDrops(0)).containsExactly(new DropBatch(1, 1, List.of("A")));
    few.hold(1, "A", 3, 0);
    few.changed(7, "A", new LetGo(1, 1, 4), 0);
    assertThat(few.unreleased()).containsExactly(7L);
    few.dropped(1, 1);
    assertThat(few.unreleased()).isEmpty();
  }

  @Test
  void aChangeOfAStockThatNobodyHoldsIsReleasedAtOnce() {
    leases.changed(7, "BoarCo", LetGo.NOBODY, 10);
    assertThat(leases.unreleased()).isEmpty();
    assertThat(leases.takeDrops(10)).isEmpty();
  }

  @Test
  void aSilentGatewayDelaysOnlyWhatItHoldsAndNoLongerThanItsLease() {
    leases.renew(2, 100);
    leases.hold(2, "BoarCo", 1, 100);
    leases.changed(7, "FishCo", LetGo.NOBODY, 110);
    leases.changed(8, "MenhirCo", LetGo.NOBODY, 110);
    leases.changed(9, "BoarCo", LetGo.NOBODY, 110);
    leases.takeDrops(10);
    leases.dropped(2, 1);
    assertThat(leases.unreleased()).containsExactly(7L);
    leases.expire(LEASE - 1);
    assertThat(leases.unreleased()).containsExactly(7L);
    leases.expire(LEASE);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void aLeaseRunsFromItsLastRenewal() {
    leases.renew(1, 200);
    leases.renew(2, 0);
    leases.changed(7, "FishCo", LetGo.NOBODY, 250);
    leases.expire(LEASE);
    assertThat(leases.unreleased()).containsExactly(7L);
    leases.expire(200 + LEASE);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void nothingIsHeldWithoutALease() {
    leases.expire(LEASE);
    leases.hold(1, "BoarCo", 1, LEASE);
    leases.changed(7, "BoarCo", LetGo.NOBODY, LEASE + 1);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void whatWasHeldBeforeALapseIsNotHeldAfterTheNextRenewal() {
    leases.renew(1, 2 * LEASE);
    leases.changed(7, "FishCo", LetGo.NOBODY, 2 * LEASE);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void aLeavingGatewayHoldsNothing() {
    leases.leave(1);
    leases.leave(2);
    assertThat(leases.anyLive()).isFalse();
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void aNewChannelOfAGatewayEndsItsOldLeaseAndAnOldIncarnationIsRefused() {
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    assertThat(leases.opened(1, 2)).isTrue();
    assertThat(leases.opened(1, 1)).isFalse();
    assertThat(leases.opened(2, 1)).isTrue();
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void aSecondChangeWaitsForTheDropThatIsUnderWay() {
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    leases.takeDrops(10);
    leases.changed(8, "FishCo", LetGo.NOBODY, 20);
    assertThat(leases.takeDrops(10)).as("the stock is not held any more").isEmpty();
    leases.dropped(1, 1);
    assertThat(leases.unreleased()).containsExactly(7L, 8L);
    leases.dropped(2, 1);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void onlyTheBatchThatIsConfirmedCounts() {
    leases.hold(1, "BoarCo", 1, 0);
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    leases.takeDrops(10);
    leases.changed(8, "BoarCo", LetGo.NOBODY, 10);
    assertThat(leases.takeDrops(10)).containsExactly(new DropBatch(1, 2, List.of("BoarCo")));
    leases.dropped(1, 1);
    leases.dropped(2, 1);
    assertThat(leases.unreleased()).containsExactly(8L);
    leases.dropped(1, 2);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void aConfirmationCannotCountBeforeTheDropWasSent() {
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    leases.dropped(1, 99);
    leases.dropped(2, 99);
    assertThat(leases.unreleased()).containsExactly(7L);
  }

  @Test
  void aResetMakesEveryHolderForgetEverything() {
    leases.hold(1, "BoarCo", 1, 0);
    leases.changed(7, null, LetGo.NOBODY, 10);
    assertThat(leases.isUnreleased("AnyCo")).isTrue();
    assertThat(leases.takeDrops(10))
        .containsExactly(new DropBatch(1, 1, List.of()), new DropBatch(2, 1, List.of()));
    leases.changed(8, "BoarCo", LetGo.NOBODY, 20);
    leases.dropped(2, 1);
    assertThat(leases.unreleased()).containsExactly(7L, 8L);
    leases.dropped(1, 1);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void aGatewayThatConfirmsNothingIsNotRenewed() {
    leases.changed(7, "FishCo", LetGo.NOBODY, 10);
    leases.takeDrops(10);
    leases.dropped(2, 1);
    assertThat(leases.renew(1, 10 + LEASE / 2)).isTrue();
    assertThat(leases.renew(1, 10 + LEASE)).isFalse();
    assertThat(leases.renew(2, 10 + LEASE - 20)).isTrue();
    leases.expire(10 + LEASE / 2 + LEASE);
    assertThat(leases.unreleased()).isEmpty();
  }

  @Test
  void theStockThatIsHeldLongestIsAskedBackWhenThereAreTooMany() {
    var few = new Leases(LEASE, 2);
    few.opened(1, 1);
    few.renew(1, 0);
    few.hold(1, "A", 1, 0);
    few.hold(1, "B", 1, 0);
    assertThat(few.takeDrops(0)).isEmpty();
    few.hold(1, "C", 1, 0);
    assertThat(few.takeDrops(0)).containsExactly(new DropBatch(1, 1, List.of("A")));
    few.changed(7, "A", LetGo.NOBODY, 0);
    assertThat(few.unreleased()).as("it may still be shown").containsExactly(7L);
    few.dropped(1, 1);
    assertThat(few.unreleased()).isEmpty();
    assertThat(few.heldCount()).isEqualTo(2);
  }
}
