package org.stockbazaar.order.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.stockbazaar.order.replication.Member.Parcel;
import org.stockbazaar.protocol.message.Message;

/** A group of replicas over a network that does what the test says; checks Raft's properties. */
final class Cluster implements Member.Promises {
  final List<Parcel> network = new ArrayList<>();
  final Map<Integer, Member> members = new TreeMap<>();
  final Map<Long, Integer> committed = new TreeMap<>();
  final List<Integer> ids;
  private final Map<Long, Integer> leaders = new LinkedHashMap<>();
  private Predicate<Parcel> cut = parcel -> false;
  long nowNanos = TimeUnit.SECONDS.toNanos(1);

  Cluster(Integer... ids) {
    this.ids = List.of(ids);
    for (int id : ids) {
      members.put(id, new Member(id, this.ids, network, this));
    }
  }

  Member member(int id) {
    return members.get(id);
  }

  /** Election safety (thesis, figure 3.2) and leader completeness. */
  @Override
  public void leads(Member member, long epoch) {
    assertThat(leaders.putIfAbsent(epoch, member.id)).as("leader of epoch " + epoch).isNull();
    committed.forEach(
        (index, checksum) ->
            assertThat(member.log.lastIndex() >= index && member.log.checksumAt(index) == checksum)
                .as("leader %d of epoch %d has committed entry %d", member.id, epoch, index)
                .isTrue());
  }

  /** State machine safety: nobody commits another entry at the same index. */
  @Override
  public void committed(Member member, long index) {
    for (long i = index; i > 0; i--) {
      Integer known = committed.putIfAbsent(i, member.log.checksumAt(i));
      if (known != null) {
        assertThat(member.log.checksumAt(i)).as("committed entry %d", i).isEqualTo(known);
        break;
      }
    }
  }

  /** From now on the network loses what {@code lost} names. */
  void lose(Predicate<Parcel> lost) {
    cut = lost;
  }

  void cutOff(int id) {
    lose(parcel -> parcel.from() == id || parcel.to() == id);
  }

  void heal() {
    lose(parcel -> false);
  }

  /** Delivers everything, syncs everybody, until nothing is on its way. */
  void settle() {
    for (int i = 0; i < 10_000; i++) {
      members.values().stream().filter(Member::isUp).forEach(member -> member.sync(nowNanos));
      if (network.isEmpty()) {
        return;
      }
      deliver(network.remove(0));
    }
    throw new AssertionError(
        "the network does not come to rest: " + network.size() + " on their way");
  }

  void deliver(Parcel parcel) {
    Member to = member(parcel.to());
    if (!cut.test(parcel) && to.isUp()) {
      to.step(parcel, nowNanos);
    }
  }

  /** Lets time pass in steps of a heartbeat. */
  void pass(long millis) {
    for (long passed = 0; passed < millis; passed += 20) {
      nowNanos += TimeUnit.MILLISECONDS.toNanos(20);
      members.values().stream().filter(Member::isUp).forEach(member -> member.tick(nowNanos));
      settle();
    }
  }

  /** Nominates {@code id} with the epoch that it has; returns the answer. */
  Message nominate(int id) {
    Member member = member(id);
    int before = member.answers.size();
    member.nominate(member.ballot.epoch(), List.of(), nowNanos);
    settle();
    assertThat(member.answers).as("answers").hasSizeGreaterThan(before);
    return member.answers.get(before);
  }

  /** The channels of {@code id} close for everybody else. */
  void crash(int id) {
    member(id).crash();
    network.removeIf(parcel -> parcel.from() == id || parcel.to() == id);
    for (Member member : members.values()) {
      if (member.isUp()) {
        member.replica.peerClosed(id);
      }
    }
  }

  /** What {@code id} had on its disk is gone. */
  void loseDisk(int id) {
    member(id).log.truncate(0);
    member(id).ballot.lose();
  }

  void restart(int id) {
    member(id).start();
    for (Member member : members.values()) {
      if (member.isUp() && member.id != id) {
        member.replica.peerOpened(id);
      }
    }
  }
}
