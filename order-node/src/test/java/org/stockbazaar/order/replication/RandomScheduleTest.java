package org.stockbazaar.order.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Schedules of loss, delay, reordering, duplication, crashes and nominations at cross purposes, one
 * per seed. {@link Cluster} checks Raft's safety after each event; at the end all heals and goes
 * on.
 */
class RandomScheduleTest {
  private static final int SEEDS = 500;
  private static final int STEPS = 3_000;

  @Test
  @Tag("R3")
  @Tag("R5")
  @Tag("R6")
  void holdsRaftsPromisesUnderEverySchedule() {
    long committed = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        committed += new Schedule(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    assertThat(committed).as("entries that the schedules committed").isGreaterThan(SEEDS * 10L);
  }

  private static final class Schedule {
    private final SplittableRandom random;
    private final Cluster cluster;
    private final List<Member> members;
    private final int loss;

    Schedule(int seed) {
      random = new SplittableRandom(seed);
      cluster = seed % 4 == 0 ? new Cluster(1, 2, 3, 4, 5) : new Cluster(1, 2, 3);
      members = new ArrayList<>(cluster.members.values());
      loss = random.nextInt(20);
    }

    long run() {
      for (int i = 0; i < STEPS; i++) {
        act();
      }
      long before = cluster.committed.size();
      heal();
      return before;
    }

    private void act() {
      int dice = random.nextInt(100);
      Member member = members.get(random.nextInt(members.size()));
      if (dice < 50) {
        deliver();
      } else if (dice < 51) {
        crashOrRestart(member);
      } else if (!member.isUp()) {
        return;
      } else if (dice < 72) {
        member.sync(cluster.nowNanos);
      } else if (dice < 80) {
        if (member.replica.isLeading()) {
          member.trade(cluster.nowNanos);
        }
      } else if (dice < 90) {
        cluster.nowNanos += TimeUnit.MILLISECONDS.toNanos(random.nextInt(12));
        member.tick(cluster.nowNanos);
      } else if (dice < 95) {
        nominate(member);
      } else if (dice < 96) {
        member.transfer(1 + random.nextInt(members.size()), cluster.nowNanos);
      } else if (dice < 97) {
        cut(member);
      } else if (dice < 99) {
        member.replica.peerClosed(1 + random.nextInt(members.size()));
      }
    }

    /** Cuts one member off, in both directions or in one, or heals the network. */
    private void cut(Member member) {
      int id = member.id;
      switch (random.nextInt(4)) {
        case 0 -> cluster.cutOff(id);
        case 1 -> cluster.lose(parcel -> parcel.from() == id);
        default -> cluster.heal();
      }
    }

    private void nominate(Member member) {
      long seen = member.ballot.epoch() + random.nextInt(2);
      member.nominate(seen, random.nextBoolean() ? cluster.ids : List.of(), cluster.nowNanos);
    }

    private void deliver() {
      if (cluster.network.isEmpty()) {
        return;
      }
      // Mostly in order, as a channel does; sometimes not.
      int place = random.nextInt(3) == 0 ? random.nextInt(cluster.network.size()) : 0;
      int fate = random.nextInt(100);
      var parcel = fate < 5 ? cluster.network.get(place) : cluster.network.remove(place);
      if (fate < 5 || fate >= 5 + loss) {
        cluster.deliver(parcel);
      }
    }

    private void crashOrRestart(Member member) {
      if (member.isUp()) {
        cluster.crash(member.id);
      } else {
        cluster.restart(member.id);
      }
    }

    private void heal() {
      cluster.heal();
      for (Member member : members) {
        if (!member.isUp()) {
          cluster.restart(member.id);
        }
      }
      cluster.pass(200);
      Member leader = elect();
      leader.trade(cluster.nowNanos);
      cluster.pass(60);
      assertThat(leader.replica.commitIndex()).isEqualTo(leader.log.lastIndex());
      for (Member member : members) {
        assertThat(member.log.lastChecksum()).isEqualTo(leader.log.lastChecksum());
      }
    }

    private Member elect() {
      for (int i = 0; i < 20; i++) {
        for (Member member : members) {
          if (member.replica.isServing()) {
            return member;
          }
        }
        long epoch = members.stream().mapToLong(member -> member.ballot.epoch()).max().orElse(0);
        for (Member member : members) {
          member.nominate(epoch, List.of(), cluster.nowNanos);
          cluster.settle();
        }
        cluster.pass(100);
      }
      throw new AssertionError("nobody leads after the network has healed");
    }
  }
}
