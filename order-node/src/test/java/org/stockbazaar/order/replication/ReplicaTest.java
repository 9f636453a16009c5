package org.stockbazaar.order.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.HandOver;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Vote;
import org.stockbazaar.protocol.message.Reason;

class ReplicaTest {
  private final Cluster cluster = new Cluster(1, 2, 3);
  private final Member one = cluster.member(1);
  private final Member two = cluster.member(2);
  private final Member three = cluster.member(3);

  private static Reason reasonOf(Object reply) {
    assertThat(reply).isInstanceOf(Failed.class);
    return ((Failed) reply).reason();
  }

  @Test
  void leadsOnceNominatedAndServesWhenItsEpochEntryIsCommitted() {
    assertThat(cluster.nominate(3)).isEqualTo(new Elected(1));
    assertThat(three.replica.isServing()).isTrue();
    assertThat(three.log.read(1).kind()).isEqualTo(Entry.Kind.EPOCH);
    assertThat(two.replica.leader(cluster.nowNanos)).isEqualTo(3);
  }

  @Test
  void nobodyStandsForElectionUnnominated() {
    cluster.pass(2_000);
    assertThat(cluster.members.values()).noneMatch(member -> member.replica.isLeading());
    assertThat(three.ballot.epoch()).isZero();
  }

  @Test
  @Tag("O2")
  void aGroupOfOneCommitsAfterItsOwnSyncAndTicksNothing() {
    var alone = new Cluster(1);
    var member = alone.member(1);
    member.nominate(0, List.of(1), alone.nowNanos);
    assertThat(member.replica.isServing()).isFalse();
    alone.settle();
    assertThat(member.replica.isServing()).isTrue();
    Entry entry = member.trade(alone.nowNanos);
    assertThat(entry.number()).isZero();
    assertThat(member.replica.commitIndex()).isEqualTo(1);
    member.sync(alone.nowNanos);
    assertThat(member.replica.commitIndex()).isEqualTo(2);
    assertThat(member.replica.nanosToTick(alone.nowNanos)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void replicatesToCommitmentOnAMajority() {
    cluster.nominate(3);
    cluster.cutOff(1);
    three.trade(cluster.nowNanos);
    cluster.settle();
    assertThat(three.replica.commitIndex()).isEqualTo(2);
    cluster.heal();
    cluster.pass(40);
    assertThat(one.log.lastChecksum()).isEqualTo(three.log.lastChecksum());
    assertThat(one.replica.commitIndex()).isEqualTo(2);
  }

  @Test
  void commitsNothingThatIsOnNoMajority() {
    cluster.nominate(3);
    cluster.cutOff(3);
    three.trade(cluster.nowNanos);
    cluster.settle();
    assertThat(three.replica.commitIndex()).isEqualTo(1);
  }

  @Test
  void theLeaderCountsItsOwnEntriesOnlyOnceTheyAreSynced() {
    cluster.nominate(3);
    cluster.cutOff(1);
    three.trade(cluster.nowNanos);
    // The follower has it on its disk, the leader not yet.
    cluster.deliver(cluster.network.remove(1));
    two.sync(cluster.nowNanos);
    for (var parcel : List.copyOf(cluster.network)) {
      cluster.deliver(parcel);
    }
    assertThat(three.replica.commitIndex()).isEqualTo(1);
    three.sync(cluster.nowNanos);
    assertThat(three.replica.commitIndex()).isEqualTo(2);
  }

  @Test
  @Tag("O2")
  void aChangeOfLeaderKeepsCommittedEntriesAndNumbers() {
    cluster.nominate(3);
    for (int i = 0; i < 5; i++) {
      three.trade(cluster.nowNanos);
    }
    cluster.settle();
    cluster.crash(3);
    assertThat(cluster.nominate(2)).isEqualTo(new Elected(2));
    assertThat(two.trade(cluster.nowNanos).number()).isEqualTo(5);
    cluster.settle();
    cluster.restart(3);
    cluster.pass(40);
    assertThat(three.log.lastChecksum()).isEqualTo(two.log.lastChecksum());
    assertThat(three.replica.isLeading()).as("a restarted highest id does not take over").isFalse();
  }

  @Test
  void refusesNominationWhileALeaderIsHeard() {
    cluster.nominate(3);
    assertThat(reasonOf(cluster.nominate(2))).isEqualTo(Reason.HEARD_LEADER);
    cluster.pass(40);
    assertThat(reasonOf(cluster.nominate(2))).isEqualTo(Reason.HEARD_LEADER);
    assertThat(two.ballot.epoch()).isEqualTo(1);
  }

  @Test
  @Tag("R2")
  void aNomineeWaitsForNobodyWhoDidNotAnswerTheGateway() {
    cluster.nominate(3);
    cluster.cutOff(3);
    two.replica.peerClosed(3);
    int before = two.answers.size();
    two.nominate(1, List.of(1, 2), cluster.nowNanos);
    cluster.settle();
    assertThat(two.answers).as("replica 1 hears the leader still").hasSize(before + 1);
    assertThat(reasonOf(two.answers.get(before))).isEqualTo(Reason.HEARD_LEADER);
    one.replica.peerClosed(3);
    two.nominate(1, List.of(1, 2), cluster.nowNanos);
    cluster.settle();
    assertThat(two.replica.isServing()).isTrue();
  }

  @Test
  void aVoterThatHearsALeaderRefusesUntilTheLeadersChannelCloses() {
    cluster.nominate(3);
    // Replica 2 lost its channel to the leader; replica 1 still hears it.
    two.replica.peerClosed(3);
    assertThat(reasonOf(cluster.nominate(2))).isEqualTo(Reason.HEARD_LEADER);
    assertThat(two.ballot.epoch()).as("a failed pre-vote changes nothing").isEqualTo(1);
    cluster.crash(3);
    assertThat(cluster.nominate(2)).isEqualTo(new Elected(2));
  }

  @Test
  void refusesANominatorThatSawAnOlderEpoch() {
    cluster.nominate(3);
    cluster.crash(3);
    two.nominate(0, List.of(1, 2), cluster.nowNanos);
    assertThat(reasonOf(two.answers.get(0))).isEqualTo(Reason.STALE_EPOCH);
  }

  @Test
  void aStaleHighestIdIsRefusedAsBehind() {
    cluster.nominate(2);
    cluster.cutOff(3);
    two.trade(cluster.nowNanos);
    cluster.settle();
    cluster.crash(2);
    cluster.heal();
    three.replica.peerClosed(2);
    cluster.restart(2);
    assertThat(reasonOf(cluster.nominate(3))).isEqualTo(Reason.BEHIND);
    assertThat(three.ballot.epoch()).isEqualTo(1);
    assertThat(cluster.nominate(1)).isEqualTo(new Elected(2));
  }

  @Test
  void givesUpWithoutAMajority() {
    cluster.cutOff(3);
    three.nominate(0, List.of(), cluster.nowNanos);
    cluster.pass(100);
    assertThat(reasonOf(three.answers.get(0))).isEqualTo(Reason.NO_MAJORITY);
    assertThat(three.ballot.epoch()).isZero();
  }

  @Test
  void votesOnceInAnEpochAlsoAfterARestart() {
    one.replica.step(3, new RequestVote(1, false, false, 3, 0, 0), cluster.nowNanos);
    one.sync(cluster.nowNanos);
    assertThat(cluster.network.get(0).message()).isEqualTo(new Vote(1, false, true, Reason.NONE));
    cluster.crash(1);
    cluster.restart(1);
    one.replica.step(2, new RequestVote(1, false, false, 2, 0, 0), cluster.nowNanos);
    one.replica.step(3, new RequestVote(1, false, false, 3, 0, 0), cluster.nowNanos);
    one.sync(cluster.nowNanos);
    assertThat(cluster.network.get(0).message())
        .isEqualTo(new Vote(1, false, false, Reason.NO_MAJORITY));
    assertThat(cluster.network.get(1).message()).isEqualTo(new Vote(1, false, true, Reason.NONE));
  }

  /** Thesis, figure 3.7: an old epoch's entry on a majority is not committed by counting. */
  @Test
  void anOldEpochsEntryIsCommittedOnlyBelowAnEntryOfTheOwnEpoch() {
    cluster.nominate(1);
    cluster.lose(parcel -> parcel.from() == 1);
    Entry old = one.trade(cluster.nowNanos);
    cluster.settle();
    cluster.crash(1);
    cluster.heal();
    // Replica 3 leads epoch 2 without that entry, and cannot tell anybody.
    cluster.lose(
        parcel -> parcel.message() instanceof Append append && !append.entries().isEmpty());
    three.nominate(1, List.of(), cluster.nowNanos);
    cluster.settle();
    assertThat(three.replica.isLeading()).isTrue();
    cluster.crash(3);
    cluster.restart(1);
    // Replica 1 leads epoch 3; only its old entry reaches replica 2.
    cluster.lose(
        parcel ->
            parcel.message() instanceof Append append
                && append.entries().stream().anyMatch(entry -> entry.epoch() == 3));
    one.nominate(2, List.of(), cluster.nowNanos);
    cluster.settle();
    assertThat(one.replica.epoch()).isEqualTo(3);
    two.replica.step(
        1, new Append(3, 1, 0, 1, 1, one.log.checksumAt(1), 1, 0, List.of(old)), cluster.nowNanos);
    cluster.settle();
    assertThat(two.log.lastIndex()).as("on a majority").isEqualTo(2);
    assertThat(one.replica.commitIndex()).as("not committed by counting").isLessThan(2);
    cluster.heal();
    cluster.pass(40);
    assertThat(one.replica.commitIndex()).isEqualTo(3);
  }

  @Test
  void repairsALogThatPartedFromTheLeaders() {
    cluster.nominate(3);
    cluster.cutOff(3);
    for (int i = 0; i < 4; i++) {
      three.trade(cluster.nowNanos);
    }
    three.sync(cluster.nowNanos);
    cluster.network.clear();
    one.replica.peerClosed(3);
    two.replica.peerClosed(3);
    assertThat(cluster.nominate(2)).isEqualTo(new Elected(2));
    two.trade(cluster.nowNanos);
    cluster.settle();
    cluster.heal();
    cluster.pass(60);
    assertThat(three.replica.isLeading()).isFalse();
    assertThat(three.deposals).isEqualTo(1);
    assertThat(three.log.lastIndex()).isEqualTo(3);
    assertThat(three.log.lastChecksum()).isEqualTo(two.log.lastChecksum());
  }

  @Test
  void aLeaderWithoutAMajorityStepsDown() {
    cluster.nominate(3);
    cluster.cutOff(3);
    cluster.pass(380);
    assertThat(three.replica.isLeading()).as("disks stall").isTrue();
    cluster.pass(40);
    assertThat(three.replica.isLeading()).isFalse();
    assertThat(three.deposals).isEqualTo(1);
    assertThat(three.ballot.epoch()).isEqualTo(1);
  }

  @Test
  void aLeaderThatDidNotRunItselfAsksBeforeItStepsDown() {
    cluster.nominate(3);
    cluster.cutOff(3);
    long stalled = cluster.nowNanos + 5_000_000_000L;
    three.tick(stalled);
    assertThat(three.replica.isServing()).isTrue();
    cluster.nowNanos = stalled;
    cluster.pass(420);
    assertThat(three.replica.isLeading()).as("nobody answered").isFalse();
  }

  @Test
  void keepsLeadingWhileAMajorityAnswers() {
    cluster.nominate(3);
    cluster.cutOff(1);
    cluster.pass(3_000);
    assertThat(three.replica.isServing()).isTrue();
  }

  @Test
  @Tag("R7")
  void aRoundIsConfirmedOnlyByAnswersToAppendsSentAfterIt() {
    cluster.nominate(3);
    cluster.pass(20);
    long round = three.replica.confirm();
    assertThat(three.replica.confirm()).as("shared until it is sent").isEqualTo(round);
    // Answers to what was sent before do not count.
    for (int peer : List.of(1, 2)) {
      three.replica.step(peer, new Appended(1, round - 1, true, 1, true), cluster.nowNanos);
    }
    assertThat(three.confirmed).doesNotContain(round);
    three.replica.flush(cluster.nowNanos);
    assertThat(three.confirmed).doesNotContain(round);
    cluster.settle();
    assertThat(three.confirmed).contains(round);
  }

  @Test
  @Tag("R7")
  void aDeposedLeaderIsNotConfirmed() {
    cluster.nominate(3);
    cluster.cutOff(3);
    one.replica.peerClosed(3);
    two.replica.peerClosed(3);
    cluster.nominate(2);
    long round = three.replica.confirm();
    three.replica.flush(cluster.nowNanos);
    cluster.settle();
    cluster.heal();
    three.tick(cluster.nowNanos + 20_000_000);
    cluster.settle();
    assertThat(three.confirmed).doesNotContain(round);
    assertThat(three.replica.isLeading()).isFalse();
  }

  @Test
  void handsOverToTheHighestIdThatAnsweredOnceThoseWhoWaitedAreServed() {
    two.nominate(0, List.of(1, 2, 3), cluster.nowNanos);
    cluster.settle();
    assertThat(two.replica.isServing()).isTrue();
    cluster.pass(150);
    assertThat(two.replica.isServing()).isTrue();
    assertThat(two.replica.isHandingOver()).isFalse();
    cluster.pass(100);
    assertThat(three.replica.isServing()).isTrue();
    assertThat(two.replica.isLeading()).isFalse();
    assertThat(three.replica.epoch()).isEqualTo(2);
    cluster.pass(2_000);
    assertThat(three.replica.isServing()).isTrue();
  }

  @Test
  void transfersLeadershipWhenAsked() {
    cluster.nominate(3);
    three.transfer(1, cluster.nowNanos);
    cluster.settle();
    assertThat(one.replica.isServing()).isTrue();
    assertThat(three.answers.get(1)).isEqualTo(new Elected(2));
  }

  @Test
  @Tag("R2")
  void aHeartbeatRightBehindTheHandOverDoesNotEndIt() {
    cluster.nominate(3);
    three.transfer(1, cluster.nowNanos);
    three.tick(cluster.nowNanos + 20_000_000);
    cluster.settle();
    assertThat(one.replica.isServing()).isTrue();
    assertThat(three.answers.get(1)).isEqualTo(new Elected(2));
  }

  @Test
  void givesATransferUpWhenItsTargetDoesNotStand() {
    cluster.nominate(3);
    cluster.lose(parcel -> parcel.message() instanceof HandOver);
    three.transfer(1, cluster.nowNanos);
    cluster.pass(1_100);
    assertThat(reasonOf(three.answers.get(1))).isEqualTo(Reason.NO_MAJORITY);
    assertThat(three.replica.isServing()).isTrue();
    assertThat(three.replica.isHandingOver()).isFalse();
  }

  @Test
  @Tag("D1")
  void refusesATransferToADeadReplicaAtOnce() {
    cluster.nominate(3);
    cluster.crash(1);
    three.transfer(1, cluster.nowNanos);
    assertThat(((Failed) three.answers.get(1)).detail()).isEqualTo("replica 1 cannot be reached");
    assertThat(three.replica.isHandingOver()).isFalse();
    cluster.restart(1);
    cluster.pass(100);
    three.transfer(1, cluster.nowNanos);
    cluster.settle();
    assertThat(one.replica.isServing()).isTrue();
  }

  @Test
  @Tag("D1")
  void doesNotHoldTradesUpForATargetThatStandsStill() {
    cluster.nominate(3);
    cluster.cutOff(1);
    three.transfer(1, cluster.nowNanos);
    assertThat(three.replica.isHandingOver()).isTrue();
    cluster.pass(120);
    assertThat(three.replica.isHandingOver()).isFalse();
    assertThat(((Failed) three.answers.get(1)).detail()).isEqualTo("it does not answer");
    assertThat(three.replica.isServing()).isTrue();
  }

  @Test
  @Tag("G12")
  void doesNotWaitForATargetThatDiesWhenItHasItsVote() {
    cluster.nominate(3);
    three.leave(cluster.nowNanos);
    cluster.lose(
        parcel ->
            (parcel.message() instanceof Vote vote && !vote.preVote())
                || parcel.message() instanceof Append);
    cluster.settle();
    assertThat(three.replica.isLeading()).isFalse();
    assertThat(three.answers).hasSize(1);
    cluster.crash(2);
    assertThat(((Failed) three.answers.get(1)).detail()).isEqualTo("its channel closed");
  }

  @Test
  @Tag("D1")
  void transfersToAnotherOneAfterATransferThatFailed() {
    cluster.nominate(3);
    cluster.cutOff(1);
    three.transfer(1, cluster.nowNanos);
    cluster.pass(120);
    // Nothing was logged in between.
    three.transfer(2, cluster.nowNanos);
    cluster.settle();
    assertThat(two.replica.isServing()).isTrue();
  }

  @Test
  @Tag("R2")
  void handsOverToTheHighestLiveReplicaWhenItsProcessEnds() {
    cluster.nominate(3);
    three.leave(cluster.nowNanos);
    cluster.settle();
    assertThat(two.replica.isServing()).isTrue();
    assertThat(three.answers.get(1)).isEqualTo(new Elected(2));
    cluster.crash(3);
    two.leave(cluster.nowNanos);
    cluster.settle();
    assertThat(one.replica.isServing()).as("though 3 is dead").isTrue();
    cluster.crash(2);
    one.leave(cluster.nowNanos);
    assertThat(reasonOf(one.answers.get(one.answers.size() - 1)))
        .as("nobody is left")
        .isEqualTo(Reason.NO_MAJORITY);
  }

  @Test
  @Tag("R2")
  void doesNotHandOverToAReplicaThatIsFarBehind() {
    cluster.nominate(3);
    cluster.lose(parcel -> parcel.to() == 2 && parcel.message() instanceof Append);
    for (int i = 0; i <= Timing.DEFAULT.batchMax(); i++) {
      three.trade(cluster.nowNanos);
    }
    cluster.settle();
    three.leave(cluster.nowNanos);
    cluster.settle();
    assertThat(one.replica.isServing()).isTrue();
  }

  @Test
  @Tag("R2")
  void aFollowerAndALoneReplicaEndWithoutMoreAdo() {
    cluster.nominate(3);
    one.leave(cluster.nowNanos);
    assertThat(one.answers).hasSize(1);
    var alone = new Cluster(1);
    alone.nominate(1);
    alone.member(1).leave(alone.nowNanos);
    assertThat(alone.member(1).answers).hasSize(2);
    assertThat(alone.member(1).replica.isServing()).isTrue();
  }

  @Test
  @Tag("R2")
  void nobodyElseStandsWhileTheOneThatWasHandedTheLeadershipIsElected() {
    cluster.nominate(3);
    three.transfer(1, cluster.nowNanos);
    // Replica 1 stands; of what it sends only the vote requests arrive yet.
    cluster.lose(parcel -> parcel.message() instanceof Append);
    cluster.settle();
    assertThat(one.replica.isLeading()).isTrue();
    assertThat(two.replica.leader(cluster.nowNanos)).as("no leader is heard").isZero();
    for (Member member : List.of(two, three)) {
      int before = member.answers.size();
      member.nominate(2, List.of(2, 3), cluster.nowNanos);
      cluster.settle();
      assertThat(reasonOf(member.answers.get(before))).isEqualTo(Reason.HEARD_LEADER);
    }
    // It is not waited for for ever.
    cluster.crash(1);
    two.nominate(2, List.of(2, 3), cluster.nowNanos);
    cluster.heal();
    cluster.settle();
    cluster.pass(100);
    assertThat(three.replica.isServing() || two.replica.isServing()).isTrue();
  }

  @Test
  void ignoresASecondLeaderInOneEpoch() {
    cluster.nominate(3);
    two.replica.step(1, new Append(1, 1, 9, 0, 0, 0, 0, 0, List.of()), cluster.nowNanos);
    three.replica.step(1, new Append(1, 1, 9, 0, 0, 0, 0, 0, List.of()), cluster.nowNanos);
    assertThat(two.replica.ignored()).isEqualTo(1);
    assertThat(three.replica.ignored()).isEqualTo(1);
    assertThat(three.replica.isLeading()).isTrue();
  }

  @Test
  void ignoresWhatNoLeaderSays() {
    cluster.nominate(3);
    three.trade(cluster.nowNanos);
    cluster.settle();
    Entry entry = three.log.read(2);
    int checksum = three.log.checksumAt(1);
    // A gap, a wrong chain, a conflict with what is committed, an answer beyond the end.
    two.replica.step(
        3, new Append(1, 3, 0, 2, 1, entry.checksum(), 2, 0, List.of(entry)), cluster.nowNanos);
    two.replica.step(
        3, new Append(1, 3, 0, 1, 1, checksum ^ 1, 2, 0, List.of(entry)), cluster.nowNanos);
    two.replica.step(
        3, new Append(1, 3, 0, -5, 1, checksum, 2, 0, List.of(entry)), cluster.nowNanos);
    three.replica.step(2, new Appended(1, 0, true, 99, true), cluster.nowNanos);
    three.replica.step(9, new Appended(7, 0, true, 1, true), cluster.nowNanos);
    assertThat(two.log.lastIndex()).isEqualTo(2);
    assertThat(three.replica.isServing()).isTrue();
    assertThat(three.replica.commitIndex()).isEqualTo(2);
  }

  @Test
  @Tag("R4")
  void aReplicaThatIsFarBehindCatchesUpInBatches() {
    cluster.nominate(3);
    cluster.crash(1);
    for (int i = 0; i < 3_000; i++) {
      three.trade(cluster.nowNanos);
    }
    cluster.settle();
    cluster.restart(1);
    cluster.pass(20);
    assertThat(one.log.lastChecksum()).isEqualTo(three.log.lastChecksum());
  }

  @Test
  @Tag("R4")
  void whoLacksMuchGetsALittleInEachTurn() {
    cluster.nominate(3);
    cluster.cutOff(1);
    for (int i = 0; i < 5 * Timing.DEFAULT.batchMax(); i++) {
      three.trade(cluster.nowNanos);
      cluster.settle();
    }
    cluster.heal();
    cluster.pass(40);
    assertThat(one.log.lastIndex()).isEqualTo(three.log.lastIndex());
    cluster.cutOff(1);
    cluster.restart(1);
    cluster.heal();
    int slice = Timing.DEFAULT.sliceMax();
    three.replica.step(1, new Appended(1, 0, false, 1, true), cluster.nowNanos);
    three.replica.flush(cluster.nowNanos);
    three.replica.step(1, new Appended(1, 0, true, slice, true), cluster.nowNanos);
    three.replica.flush(cluster.nowNanos);
    three.replica.flush(cluster.nowNanos);
    assertThat(cluster.network)
        .filteredOn(parcel -> parcel.to() == 1)
        .extracting(parcel -> ((Append) parcel.message()).entries().size())
        .containsExactly(slice, slice, slice);
  }
}
