package org.stockbazaar.order.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.EpochIs;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Vote;
import org.stockbazaar.protocol.message.Reason;

/** A replica that does not know what it promised counts for nothing until it does. */
@Tag("R8")
class LearningTest {
  private final Cluster cluster = new Cluster(1, 2, 3);
  private final Member one = cluster.member(1);
  private final Member two = cluster.member(2);
  private final Member three = cluster.member(3);

  private void trade(Member leader, int count) {
    for (int i = 0; i < count; i++) {
      leader.trade(cluster.nowNanos);
    }
    cluster.settle();
  }

  private void losesItsDiskAndReturns(Member member) {
    cluster.crash(member.id);
    cluster.loseDisk(member.id);
    cluster.restart(member.id);
  }

  private static Reason reasonOf(Object reply) {
    assertThat(reply).isInstanceOf(Failed.class);
    return ((Failed) reply).reason();
  }

  @Test
  void aGroupWhoseReplicasAreAllBlankIsNew() {
    for (int id : cluster.ids) {
      cluster.crash(id);
      cluster.loseDisk(id);
    }
    cluster.restart(1);
    cluster.restart(2);
    cluster.pass(500);
    assertThat(one.ballot.isVoter()).isFalse();
    assertThat(one.replica.learns()).isEqualTo("the epochs of order-3");
    cluster.restart(3);
    cluster.pass(100);
    assertThat(cluster.members.values()).allMatch(member -> member.ballot.isVoter());
    assertThat(cluster.nominate(3)).isEqualTo(new Elected(1));
  }

  @Test
  void aLostDiskComesBackAsALearnerAndVotesOnceItIsFilled() {
    cluster.nominate(3);
    trade(three, 3);
    losesItsDiskAndReturns(one);
    assertThat(one.replica.pong(cluster.nowNanos).voter()).isFalse();
    cluster.pass(100);
    assertThat(one.ballot.isVoter()).isTrue();
    assertThat(one.log.lastChecksum()).isEqualTo(three.log.lastChecksum());
    assertThat(one.ballot.epoch()).isEqualTo(1);
    assertThat(one.ballot.votedFor()).as("its vote is spent").isEqualTo(3);
    cluster.crash(3);
    cluster.pass(100);
    assertThat(cluster.nominate(1)).isEqualTo(new Elected(2));
  }

  @Test
  void aLearnerIsNotCountedForAnything() {
    cluster.nominate(3);
    cluster.cutOff(2);
    losesItsDiskAndReturns(one);
    long committed = three.replica.commitIndex();
    trade(three, 1);
    assertThat(one.log.lastIndex()).as("it is filled").isEqualTo(three.log.lastIndex());
    assertThat(three.replica.commitIndex()).isEqualTo(committed);
    cluster.pass(500);
    assertThat(three.replica.isLeading()).as("a majority of voters hears it").isFalse();
    assertThat(reasonOf(cluster.nominate(1))).isEqualTo(Reason.LEARNER);
    three.nominate(1, List.of(1, 3), cluster.nowNanos);
    cluster.pass(200);
    assertThat(three.replica.isLeading()).isFalse();
    assertThat(one.ballot.isVoter()).isFalse();
  }

  @Test
  void aLearnerGivesNoVote() {
    losesItsDiskAndReturns(one);
    two.replica.step(1, new Vote(0, true, false, Reason.NONE), cluster.nowNanos);
    for (boolean preVote : new boolean[] {true, false}) {
      one.replica.step(2, new RequestVote(9, preVote, true, 2, 8, 100), cluster.nowNanos);
    }
    one.sync(cluster.nowNanos);
    assertThat(cluster.network)
        .extracting(Member.Parcel::message)
        .contains(
            new Vote(0, true, false, Reason.LEARNER), new Vote(0, false, false, Reason.LEARNER));
  }

  @Test
  void itAsksAllOthersBeforeItBelievesALeader() {
    cluster.nominate(3);
    trade(three, 2);
    cluster.crash(2);
    losesItsDiskAndReturns(one);
    cluster.pass(60);
    assertThat(one.ballot.isVoter()).isFalse();
    assertThat(one.replica.learns()).isEqualTo("the epochs of order-2");
    cluster.restart(2);
    cluster.pass(200);
    assertThat(cluster.nominate(3)).isInstanceOf(Elected.class);
    cluster.pass(100);
    assertThat(one.ballot.isVoter()).isTrue();
  }

  @Test
  void aLeaderOfAnOlderEpochThanItMayHaveVotedInDoesNotEnrollIt() {
    cluster.nominate(3);
    trade(three, 2);
    // Replica 2 stood in epoch 5 with a vote of the old process, and is cut off since.
    two.ballot.save(5, 2);
    cluster.crash(2);
    cluster.lose(parcel -> false);
    cluster.restart(2);
    cluster.lose(
        parcel ->
            (parcel.from() == 2 || parcel.to() == 2)
                && !(parcel.from() == 2 && parcel.message() instanceof EpochIs)
                && !(parcel.from() == 1 && parcel.to() == 2));
    losesItsDiskAndReturns(one);
    cluster.pass(60);
    assertThat(one.ballot.isVoter()).isFalse();
    assertThat(one.ballot.epoch()).isEqualTo(5);
    assertThat(three.replica.isLeading()).as("the learner told it of epoch 5").isFalse();
  }

  @Test
  void aLeaderWhoseEpochIsNotCommittedFillsNothing() {
    cluster.nominate(3);
    trade(three, 2);
    losesItsDiskAndReturns(one);
    one.replica.step(2, new EpochIs(1, true, false), cluster.nowNanos);
    one.replica.step(3, new EpochIs(1, true, false), cluster.nowNanos);
    // Replica 3 restarts, leads again in epoch 2 and has not heard that anything is committed.
    cluster.network.clear();
    three.crash();
    three.start();
    three.replica.peerOpened(1);
    three.nominate(1, List.of(2, 3), cluster.nowNanos);
    three.replica.step(2, new Vote(2, true, true, Reason.NONE), cluster.nowNanos);
    three.replica.step(2, new Vote(2, false, true, Reason.NONE), cluster.nowNanos);
    assertThat(three.replica.isLeading()).isTrue();
    cluster.lose(parcel -> parcel.from() == 2 || parcel.to() == 2);
    cluster.settle();
    assertThat(one.log.lastIndex()).isPositive();
    assertThat(one.ballot.isVoter()).isFalse();
    cluster.heal();
    cluster.pass(100);
    assertThat(one.ballot.isVoter()).isTrue();
  }

  @Test
  void twoOfThreeLostAtOnceAreRefused() {
    cluster.nominate(3);
    trade(three, 4);
    cluster.crash(3);
    cluster.crash(2);
    cluster.loseDisk(3);
    cluster.loseDisk(2);
    cluster.restart(2);
    cluster.restart(3);
    cluster.pass(2_000);
    assertThat(two.ballot.isVoter()).isFalse();
    assertThat(three.ballot.isVoter()).isFalse();
    assertThat(three.replica.learns()).contains("2 of 3 replicas do not know what they promised");
    assertThat(reasonOf(cluster.nominate(1))).isEqualTo(Reason.NO_MAJORITY);
  }

  @Test
  void leadershipIsNotHandedToALearner() {
    cluster.nominate(3);
    three.replica.step(1, new Appended(1, 0, true, 1, false), cluster.nowNanos);
    three.transfer(1, cluster.nowNanos);
    assertThat(reasonOf(three.answers.get(three.answers.size() - 1))).isEqualTo(Reason.LEARNER);
  }
}
