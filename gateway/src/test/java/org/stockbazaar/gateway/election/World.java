package org.stockbazaar.gateway.election;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Reason;

/** Replicas that behave, gateways around real elections, and a clock that jumps. */
final class World {
  static final long MILLI = 1_000_000;
  private static final long LATENCY = 50_000;

  final List<Replica> replicas = new ArrayList<>();
  final List<Gateway> gateways = new ArrayList<>();
  final List<Integer> ids = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNanos).thenComparing(Event::order));
  long nowNanos = Long.MAX_VALUE - 500 * MILLI;
  private long order;

  private record Event(long offsetNanos, long order, Runnable action) {
    long atNanos() {
      return offsetNanos;
    }
  }

  private final long beganNanos = nowNanos;

  World(int replicaCount) {
    for (int id = 1; id <= replicaCount; id++) {
      ids.add(id);
      replicas.add(new Replica(id));
    }
  }

  Replica replica(int id) {
    return replicas.get(id - 1);
  }

  Gateway gateway(long seed) {
    var gateway = new Gateway(seed);
    gateways.add(gateway);
    return gateway;
  }

  void after(long delayNanos, Runnable action) {
    events.add(new Event(nowNanos - beganNanos + delayNanos, order++, action));
  }

  /** Lets so much time pass, with everything that happens in it. */
  void run(long millis) {
    long end = nowNanos - beganNanos + millis * MILLI;
    while (true) {
      Event next = events.peek();
      long at = next == null ? end : Math.min(next.offsetNanos, end);
      Gateway due = null;
      for (Gateway gateway : gateways) {
        long dueOffset = Math.max(gateway.election.dueNanos() - beganNanos, nowNanos - beganNanos);
        if (dueOffset < at) {
          at = dueOffset;
          due = gateway;
        }
      }
      if (at >= end) {
        break;
      }
      nowNanos = beganNanos + at;
      if (due != null) {
        due.election.tick(due.inFlight, nowNanos);
      } else {
        events.remove(next);
        next.action.run();
      }
    }
    nowNanos = beganNanos + end;
  }

  final class Replica {
    final int id;
    boolean up = true;
    boolean paused;
    boolean voter = true;
    long epoch;
    long lastEpoch;
    long lastIndex;
    int leader;
    Reason refuses;
    int nominations;
    int pings;

    Replica(int id) {
      this.id = id;
    }

    Pong pong() {
      return new Pong(
          id, 1, voter, epoch, lastEpoch, lastIndex, lastIndex, 0, leader, leader == id);
    }

    void log(long newEpoch, long newIndex) {
      epoch = Math.max(epoch, newEpoch);
      lastEpoch = newEpoch;
      lastIndex = newIndex;
    }

    /** Null when it leads afterwards. */
    Reason stand(long epochSeen) {
      nominations++;
      if (refuses != null) {
        return refuses;
      }
      if (leader == id) {
        return null;
      }
      if (leader != 0) {
        return Reason.HEARD_LEADER;
      }
      if (epochSeen < epoch) {
        return Reason.STALE_EPOCH;
      }
      int votes = 0;
      for (Replica voter : replicas) {
        boolean newer =
            voter.lastEpoch > lastEpoch
                || (voter.lastEpoch == lastEpoch && voter.lastIndex > lastIndex);
        if (voter.up && !voter.paused && !newer) {
          votes++;
        }
      }
      if (votes <= replicas.size() / 2) {
        return Reason.NO_MAJORITY;
      }
      lead(epochSeen + 1);
      return null;
    }

    void lead(long newEpoch) {
      log(newEpoch, lastIndex + 1);
      for (Replica follower : replicas) {
        if (follower.up && !follower.paused) {
          follower.log(newEpoch, lastIndex);
          follower.leader = id;
        }
      }
    }

    void kill() {
      up = false;
      leader = 0;
      forgetLeader();
      for (Gateway gateway : gateways) {
        after(LATENCY, () -> gateway.election.closed(id, nowNanos));
      }
    }

    /** Stopped, it is soon no longer heard by those that followed it. */
    void pause() {
      paused = true;
      after(
          60 * MILLI,
          () -> {
            if (paused) {
              forgetLeader();
            }
          });
    }

    private void forgetLeader() {
      for (Replica other : replicas) {
        if (other != this && other.leader == id) {
          other.leader = 0;
        }
      }
    }

    void start() {
      up = true;
      paused = false;
      leader = 0;
      for (Gateway gateway : gateways) {
        after(LATENCY, () -> gateway.election.opened(id, nowNanos));
      }
    }
  }

  final class Gateway implements ElectionEffects {
    final Election election;
    final List<Integer> leaders = new ArrayList<>();
    final List<Integer> nominated = new ArrayList<>();
    final List<String> announced = new ArrayList<>();
    boolean inFlight;
    boolean deaf;

    Gateway(long seed) {
      election = new Election(ids, new SplittableRandom(seed), this, nowNanos);
    }

    /** Channels to all replicas that are up open now. */
    Gateway connect() {
      for (Replica replica : replicas) {
        if (replica.up) {
          election.opened(replica.id, nowNanos);
        }
      }
      return this;
    }

    @Override
    public void ping(int id) {
      Replica replica = replica(id);
      replica.pings++;
      after(
          LATENCY + id,
          () -> {
            if (replica.up && !replica.paused && !deaf) {
              Pong pong = replica.pong();
              after(LATENCY, () -> election.ponged(pong, nowNanos));
            }
          });
    }

    @Override
    public void nominate(int id, long epoch, List<Integer> answered) {
      nominated.add(id);
      Replica replica = replica(id);
      after(LATENCY, () -> stand(replica, epoch));
    }

    private void stand(Replica replica, long epoch) {
      if (!replica.up || replica.paused) {
        after(100 * MILLI, () -> election.nominationLost(replica.id, nowNanos));
        return;
      }
      Reason refusal = replica.stand(epoch);
      long granted = replica.epoch;
      after(
          LATENCY,
          () -> {
            if (refusal == null) {
              election.elected(replica.id, granted, nowNanos);
            } else {
              election.refused(replica.id, refusal, nowNanos);
            }
          });
    }

    @Override
    public void announce(int leader, long epoch) {
      announced.add(leader + "@" + epoch);
    }

    @Override
    public void leaderChanged(int leader, long epoch, String why) {
      leaders.add(leader);
    }
  }
}
