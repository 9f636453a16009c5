package org.stockbazaar.order.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.order.replication.Member.Parcel;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Side;

/** Who is up comes to have everything, and to lead or follow in peace. */
@Tag("R4")
@Tag("R5")
class CatchUpTest {
  private static void later(Cluster cluster, long millis) {
    cluster.nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static void trade(Cluster cluster, Member leader, int count) {
    for (int i = 0; i < count; i++) {
      leader.trade(cluster.nowNanos);
    }
    cluster.settle();
  }

  @Test
  void aRefusalBelowWhatIsMatchedDoesNotStopReplicationForEver() {
    var cluster = new Cluster(1, 2, 3);
    Member one = cluster.member(1);
    Member two = cluster.member(2);
    cluster.nominate(2);
    cluster.pass(40);
    cluster.lose(parcel -> parcel.to() == 2);
    trade(cluster, two, 1300);
    cluster.lose(parcel -> parcel.from() == 2);
    trade(cluster, two, 1700);
    cluster.crash(2);
    // 1 is elected with the vote of 3, which is down before it gets the EPOCH entry.
    cluster.lose(parcel -> parcel.to() == 3 && parcel.message() instanceof Append);
    one.nominate(1, List.of(1, 3), cluster.nowNanos);
    cluster.settle();
    assertThat(one.replica.isLeading()).isTrue();
    cluster.crash(3);
    // 2 comes back, and acknowledges the first slice.
    cluster.restart(2);
    var acknowledgement = new ArrayList<Parcel>();
    cluster.lose(
        parcel -> {
          boolean taken = parcel.message() instanceof Appended appended && appended.success();
          if (taken) {
            acknowledgement.add(parcel);
          }
          return taken;
        });
    later(cluster, 20);
    one.tick(cluster.nowNanos);
    cluster.settle();
    assertThat(acknowledgement).hasSize(1);
    // The channel from 1 to 2 breaks and reopens; the one from 2 to 1 did not.
    two.replica.peerClosed(1);
    one.replica.peerOpened(2);
    cluster.heal();
    cluster.deliver(acknowledgement.get(0));
    cluster.pass(5_000);
    assertThat(one.replica.isLeading()).isTrue();
    assertThat(one.replica.isServing()).as("two of three are up").isTrue();
  }

  @Test
  void aPreferredReplicaThatReachesNoMajorityDoesNotUndoTheLeaderForEver() {
    var cluster = new Cluster(1, 2, 3, 4, 5);
    Member four = cluster.member(4);
    Member five = cluster.member(5);
    cluster.lose(
        parcel ->
            (parcel.from() == 5 && parcel.to() < 4) || (parcel.to() == 5 && parcel.from() < 4));
    for (int millis = 0; millis < 10_000; millis += 20) {
      if (!four.replica.isServing() && millis % 200 == 0) {
        // As a gateway does: the newest log, the highest id first; then the next one.
        long epoch =
            cluster.members.values().stream().mapToLong(m -> m.ballot.epoch()).max().orElse(0);
        five.nominate(epoch, cluster.ids, cluster.nowNanos);
        cluster.pass(120);
        millis += 120;
        four.nominate(epoch, cluster.ids, cluster.nowNanos);
        cluster.settle();
      }
      cluster.pass(20);
    }
    assertThat(four.terms).as("terms of 4 in 10 s").isLessThan(5);
  }

  @Test
  void whoIsFarBehindCatchesUpWhileEachTurnBringsManyTrades() {
    var cluster = new Cluster(1, 2, 3);
    Member one = cluster.member(1);
    Member three = cluster.member(3);
    cluster.nominate(3);
    cluster.crash(1);
    trade(cluster, three, 3000);
    cluster.restart(1);
    cluster.pass(20);
    cluster.crash(1);
    trade(cluster, three, 3000);
    cluster.restart(1);
    three.tick(cluster.nowNanos);
    long before = three.log.lastIndex() - one.log.lastIndex();
    for (int turn = 0; turn < 2000; turn++) {
      if (turn % 4 == 0) {
        later(cluster, 20);
        three.replica.tick(cluster.nowNanos);
      }
      for (int i = 0; i < 400; i++) {
        var key = new Key(9, turn * 1000L + i);
        three.replica.propose(Entry.Kind.TRADE, key, Side.SELL, 5, 0, 0, "GameStart");
      }
      three.replica.flush(cluster.nowNanos);
      // Everything sent arrives, is synced and answered before the leader's next turn.
      var appends = List.copyOf(cluster.network);
      cluster.network.clear();
      for (Parcel parcel : appends) {
        cluster.member(parcel.to()).step(parcel, cluster.nowNanos);
      }
      one.sync(cluster.nowNanos);
      cluster.member(2).sync(cluster.nowNanos);
      three.log.sync();
      three.replica.synced(three.log.syncedIndex(), cluster.nowNanos);
      var answers = List.copyOf(cluster.network);
      cluster.network.clear();
      for (Parcel parcel : answers) {
        if (parcel.to() == 3) {
          three.replica.step(parcel.from(), parcel.message(), cluster.nowNanos);
        } else {
          cluster.network.add(parcel);
        }
      }
    }
    long after = three.log.lastIndex() - one.log.lastIndex();
    assertThat(after).as("lag after 2,000 turns, " + before + " before").isLessThan(before);
  }
}
