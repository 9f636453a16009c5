package org.stockbazaar.gateway.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Reason;

class ElectionTest {
  private final World world = new World(3);

  @Test
  @Tag("R2")
  void nominatesTheHighestIdWhenAllAreEqualAndAnnouncesIt() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    assertThat(gateway.leaders).containsExactly(3);
    assertThat(gateway.nominated).containsExactly(3);
    assertThat(gateway.announced).containsExactly("3@1");
  }

  @Test
  @Tag("R2")
  void aGroupOfOneElectsItself() {
    var alone = new World(1);
    var gateway = alone.gateway(1).connect();
    alone.run(20);
    assertThat(gateway.leaders).containsExactly(1);
  }

  @Test
  @Tag("R2")
  void adoptsTheLeaderThatPingsNameWithoutANomination() {
    world.replica(1).lead(4);
    var gateway = world.gateway(1).connect();
    world.run(20);
    assertThat(gateway.leaders).containsExactly(1);
    assertThat(gateway.election.epoch()).isEqualTo(4);
    assertThat(gateway.nominated).isEmpty();
  }

  @Test
  @Tag("R2")
  void whenTheLeadersChannelClosesTheHighestUpToDateReplicaLeadsWithinMillis() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    world.replica(3).kill();
    world.run(2);
    assertThat(gateway.leaders).containsExactly(3, 0, 2);
    world.replica(3).start();
    world.run(500);
    assertThat(gateway.leaders).as("a restarted highest id takes nothing").containsExactly(3, 0, 2);
  }

  @Test
  @Tag("R2")
  void aStaleHighestIdIsNotNominated() {
    world.replica(1).log(2, 9);
    world.replica(2).log(2, 9);
    world.replica(3).log(1, 20);
    var gateway = world.gateway(1).connect();
    world.run(20);
    assertThat(gateway.nominated).containsExactly(2);
    assertThat(gateway.election.leader()).isEqualTo(2);
  }

  @Test
  @Tag("R2")
  void withoutAMajorityNobodyIsNominatedUntilItIsBack() {
    world.replica(1).up = false;
    world.replica(2).up = false;
    var gateway = world.gateway(1).connect();
    world.run(2000);
    assertThat(gateway.nominated).isEmpty();
    world.replica(1).start();
    world.run(400);
    assertThat(gateway.nominated).containsExactly(3);
    assertThat(gateway.leaders).containsExactly(3);
  }

  @Test
  @Tag("R2")
  void nobodyIsNominatedWhileAReplicaHearsALiveLeader() {
    var gateway = world.gateway(1);
    world.replica(3).lead(1);
    gateway.election.opened(1, world.nowNanos);
    gateway.election.opened(2, world.nowNanos);
    world.run(2000);
    assertThat(gateway.nominated).isEmpty();
    assertThat(gateway.leaders).isEmpty();
    assertThat(world.replica(1).pings).as("asks on, at the pace of pings").isBetween(90, 120);
  }

  @Test
  @Tag("R2")
  void aPausedLeaderIsReplacedWhenItIsSilentWhileRequestsAreInFlight() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    gateway.inFlight = true;
    gateway.election.asked();
    world.replica(3).paused = true;
    world.replica(1).leader = 0;
    world.replica(2).leader = 0;
    world.run(180);
    assertThat(gateway.leaders).containsExactly(3, 0, 2);
    world.replica(3).paused = false;
    world.run(500);
    assertThat(gateway.leaders).as("the old leader's older epoch").containsExactly(3, 0, 2);
  }

  @Test
  void anIdleGatewayPingsTenTimesASecondAndSuspectsAfterThreeMissedPings() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    int before = world.replica(3).pings;
    world.run(1000);
    assertThat(world.replica(3).pings - before).isBetween(9, 11);
    assertThat(world.replica(1).pings).as("followers are left alone").isLessThan(5);
    world.replica(3).paused = true;
    world.replica(1).leader = 0;
    world.replica(2).leader = 0;
    world.run(100);
    assertThat(gateway.leaders).containsExactly(3);
    world.run(200);
    assertThat(gateway.leaders).containsExactly(3, 0, 2);
  }

  @Test
  void aLeaderThatWasLostByMistakeIsAdoptedAgainWithoutANomination() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    gateway.inFlight = true;
    gateway.election.asked();
    gateway.deaf = true;
    world.run(170);
    gateway.deaf = false;
    world.run(50);
    assertThat(gateway.leaders).containsExactly(3, 0, 3);
    assertThat(gateway.nominated).containsExactly(3);
    assertThat(world.replica(3).nominations).isEqualTo(1);
  }

  @Test
  @Tag("R2")
  void aLeaderWhoseChannelClosedIsTakenForDeadUntilANomineeSaysThatItIsNot() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    gateway.election.closed(3, world.nowNanos);
    world.run(1);
    assertThat(gateway.nominated).as("while both still hear it").containsExactly(3, 2);
    world.run(500);
    assertThat(gateway.nominated).as("after the refusal").containsExactly(3, 2);
  }

  @Test
  void whatTheLeaderSaysInAnyReplyCountsAsHeard() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    gateway.inFlight = true;
    gateway.deaf = true;
    for (int i = 0; i < 50; i++) {
      gateway.election.heard(3);
      world.run(10);
    }
    assertThat(gateway.leaders).containsExactly(3);
  }

  @Test
  @Tag("R2")
  void twoGatewaysAtCrossPurposesAgreeAfterOneElection() {
    var first = world.gateway(1).connect();
    var second = world.gateway(2).connect();
    world.run(50);
    for (int round = 0; round < 20; round++) {
      int leader = first.election.leader();
      assertThat(leader).isPositive();
      assertThat(second.election.leader()).isEqualTo(leader);
      assertThat(second.election.epoch()).isEqualTo(first.election.epoch());
      world.replica(leader).kill();
      world.run(30);
      world.replica(leader).start();
      world.run(30);
    }
    assertThat(first.nominated.size() + second.nominated.size()).isLessThan(100);
  }

  @Test
  @Tag("R2")
  void aNomineeThatHeardALeaderIsAskedAgainAtOnce() {
    world.replica(3).refuses = Reason.HEARD_LEADER;
    var gateway = world.gateway(1).connect();
    world.run(5);
    assertThat(gateway.nominated).hasSizeBetween(2, 4).containsOnly(3);
    world.replica(3).refuses = null;
    world.run(5);
    assertThat(gateway.leaders).containsExactly(3);
  }

  @Test
  @Tag("R2")
  void aNomineeThatIsBehindIsPassedOver() {
    for (Reason reason : new Reason[] {Reason.BEHIND, Reason.NO_MAJORITY, Reason.LEARNER}) {
      var other = new World(3);
      other.replica(3).refuses = reason;
      var gateway = other.gateway(1).connect();
      other.run(5);
      assertThat(gateway.nominated).containsExactly(3, 2);
      assertThat(gateway.leaders).containsExactly(2);
    }
  }

  @Test
  @Tag("R2")
  void aStaleEpochIsLookedUpByPingsBeforeTheNextNomination() {
    var gateway = world.gateway(1).connect();
    world.run(0);
    world.after(120_000, () -> world.replica(3).epoch = 7);
    world.run(10);
    assertThat(gateway.nominated).containsExactly(3, 3);
    assertThat(gateway.announced).containsExactly("3@8");
  }

  @Test
  void whenAllRefuseNominationsBackOffTo200Millis() {
    for (World.Replica replica : world.replicas) {
      replica.refuses = Reason.NO_MAJORITY;
    }
    var gateway = world.gateway(1).connect();
    world.run(1000);
    int before = gateway.nominated.size();
    world.run(4000);
    assertThat(gateway.nominated.size() - before).isBetween(3 * 20, 3 * 41);
    world.replica(2).refuses = null;
    world.run(250);
    assertThat(gateway.leaders).containsExactly(2);
  }

  @Test
  void aLearnerIsNeitherCountedNorNominated() {
    world.replica(3).voter = false;
    world.replica(1).up = false;
    var gateway = world.gateway(1).connect();
    world.run(1000);
    assertThat(gateway.nominated).isEmpty();
    world.replica(1).start();
    world.run(100);
    assertThat(gateway.leaders).containsExactly(2);
  }

  @Test
  void aRefusedRequestMakesItLookForTheNextLeader() {
    var gateway = world.gateway(1).connect();
    world.run(20);
    world.replica(1).lead(2);
    gateway.election.callFailed(3, world.nowNanos);
    world.run(5);
    assertThat(gateway.leaders).containsExactly(3, 0, 1);
    gateway.election.callFailed(3, world.nowNanos);
    assertThat(gateway.leaders).as("a late refusal of the old one").containsExactly(3, 0, 1);
  }

  @Test
  @Tag("R2")
  void aLeaderOfAnOlderEpochIsNeverAdopted() {
    var gateway = world.gateway(1);
    gateway.election.ponged(serving(2, 5), world.nowNanos);
    gateway.election.ponged(serving(3, 4), world.nowNanos);
    assertThat(gateway.leaders).containsExactly(2);
    gateway.election.callFailed(2, world.nowNanos);
    gateway.election.ponged(serving(3, 4), world.nowNanos);
    assertThat(gateway.leaders).containsExactly(2, 0);
    gateway.election.ponged(serving(1, 6), world.nowNanos);
    assertThat(gateway.leaders).containsExactly(2, 0, 1);
  }

  private static Pong serving(int id, long epoch) {
    return new Pong(id, 1, true, epoch, epoch, 1, 1, 0, id, true);
  }

  @Test
  void aNomineeThatDiesIsPassedOver() {
    var gateway = world.gateway(1).connect();
    world.after(120_000, () -> world.replica(3).kill());
    world.run(400);
    assertThat(gateway.nominated).containsExactly(3, 2);
    assertThat(gateway.election.leader()).isEqualTo(2);
  }

  @Test
  void aReplicaThatFellSilentIsNotCountedAmongThoseThatAnswer() {
    world.replica(1).up = false;
    var gateway = world.gateway(1).connect();
    world.run(5);
    world.replica(2).paused = true;
    world.run(2000);
    assertThat(gateway.nominated).isEmpty();
    world.replica(2).paused = false;
    world.run(100);
    assertThat(gateway.leaders).containsExactly(3);
  }

  @Test
  @Tag("R2")
  void afterAnyFaultsAllGatewaysAgreeOnOneLeader() {
    for (long seed = 1; seed <= 200; seed++) {
      var chaos = new World(3);
      var dice = new SplittableRandom(seed);
      var first = chaos.gateway(seed).connect();
      var second = chaos.gateway(-seed).connect();
      for (int step = 0; step < 30; step++) {
        disturb(chaos.replica(1 + dice.nextInt(3)), dice.nextInt(4));
        first.inFlight = dice.nextBoolean();
        second.deaf = dice.nextInt(4) == 0;
        chaos.run(dice.nextInt(150));
      }
      second.deaf = false;
      for (World.Replica replica : chaos.replicas) {
        replica.paused = false;
        if (!replica.up) {
          replica.start();
        }
      }
      chaos.run(1500);
      assertThat(first.election.leader()).as("seed %s", seed).isPositive();
      assertThat(second.election.leader()).as("seed %s", seed).isEqualTo(first.election.leader());
      assertThat(second.election.epoch()).as("seed %s", seed).isEqualTo(first.election.epoch());
    }
  }

  private static void disturb(World.Replica replica, int how) {
    switch (how) {
      case 0 -> {
        if (replica.up) {
          replica.kill();
        }
      }
      case 1 -> {
        if (!replica.up) {
          replica.start();
        }
      }
      case 2 -> replica.pause();
      default -> replica.paused = false;
    }
  }
}
