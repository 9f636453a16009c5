package org.stockbazaar.bench.system;

import java.util.List;
import java.util.SplittableRandom;
import org.stockbazaar.protocol.config.FailedException;

/** What can be wrong with the network between three replicas, two gateways and a catalog. */
enum NetworkFault {
  /** The leader is cut from everybody. */
  LEADER_UNPLUGGED {
    @Override
    void happen(NetworkStage stage, SplittableRandom random) {
      String leader = stage.leader();
      stage.happens(
          "unplug-leader",
          leader,
          () -> {
            stage.network.unplug(leader);
            stage.awaitDeposed(leader);
            stage.awaitTrades();
            stage.pause(2_000);
          },
          () -> {
            stage.network.plug(leader);
            stage.awaitCaughtUp(leader);
          });
    }
  },

  /** The leader's packets reach no replica; theirs reach it. */
  LEADER_MUTE {
    @Override
    void happen(NetworkStage stage, SplittableRandom random) {
      String leader = stage.leader();
      stage.happens(
          "mute-leader",
          leader,
          () -> {
            stage.others(leader).forEach(other -> stage.network.vanish(leader, other));
            deposed(stage, leader);
          },
          () -> {
            stage.others(leader).forEach(other -> stage.network.arrive(leader, other));
            stage.awaitCaughtUp(leader);
          });
    }
  },

  /** The leader's packets reach every replica; theirs do not reach it. */
  LEADER_DEAF {
    @Override
    void happen(NetworkStage stage, SplittableRandom random) {
      String leader = stage.leader();
      stage.happens(
          "deafen-leader",
          leader,
          () -> {
            stage.others(leader).forEach(other -> stage.network.vanish(other, leader));
            deposed(stage, leader);
          },
          () -> {
            stage.others(leader).forEach(other -> stage.network.arrive(other, leader));
            stage.awaitCaughtUp(leader);
          });
    }
  },

  /** A follower is cut from everybody. */
  FOLLOWER_UNPLUGGED {
    @Override
    void happen(NetworkStage stage, SplittableRandom random) {
      String follower = stage.others(stage.leader()).get(0);
      stage.happens(
          "unplug-follower",
          follower,
          () -> {
            stage.network.unplug(follower);
            stage.awaitTrades();
            stage.pause(7_000);
          },
          () -> {
            stage.network.plug(follower);
            stage.awaitCaughtUp(follower);
          });
    }
  },

  /**
   * One gateway does not reach the leader, the other one not the replica that is next. In the
   * middle of it the leader is gone for a moment, so that there is something to disagree about.
   */
  GATEWAYS_AT_CROSS_PURPOSES {
    @Override
    void happen(NetworkStage stage, SplittableRandom random) {
      String leader = stage.leader();
      List<String> followers = stage.others(leader);
      String next = followers.get(followers.size() - 1);
      stage.happens(
          "gateways-apart",
          leader,
          () -> {
            part(stage, "gateway-1", leader);
            part(stage, "gateway-2", next);
            stage.await("gateway-1 to miss the leader", () -> !stage.isReady("gateway-1"));
            still(stage);
            stage.network.unplug(leader);
            stage.await("another leader", () -> !stage.leader().equals(leader));
            stage.network.plug(leader);
            still(stage);
          },
          () -> {
            stage.network.mend();
            stage.awaitTrades();
          });
    }
  },

  /** Short one-way cuts between nodes, again and again: loss that needs nothing of the kernel. */
  BLINKING {
    @Override
    void happen(NetworkStage stage, SplittableRandom random) {
      List<String> nodes = stage.nodes();
      stage.happens(
          "blinking",
          "all",
          () -> {
            for (int i = 0; i < 40; i++) {
              String from = nodes.get(random.nextInt(nodes.size()));
              String to = nodes.get(random.nextInt(nodes.size()));
              stage.network.vanish(from, to);
              stage.pause(random.nextInt(100));
              stage.network.arrive(from, to);
              stage.pause(random.nextInt(100));
            }
          },
          stage::awaitTrades);
    }
  },

  /** Every node's packets are late, and some are lost. */
  LOSSY {
    @Override
    void happen(NetworkStage stage, SplittableRandom random) {
      List<String> nodes = stage.nodes();
      stage.happens(
          "delay-and-loss",
          "all",
          () -> {
            nodes.forEach(node -> stage.network.disturb(node, "delay 20ms loss 5%"));
            stage.awaitTrades();
            stage.pause(5_000);
            stage.awaitTrades();
          },
          () -> nodes.forEach(stage.network::calm));
    }
  };

  /** How long replicas stay with a leader while gateways see different parts of the group. */
  private static final long STILL_MILLIS = 10_000;

  /**
   * A gateway that does not reach the leader asks others all the time, so a leader that stands
   * still for longer than they are loyal to it (80 ms) is replaced: one epoch, and one for a
   * hand-over. Busy machines do that now and then. Gateways that fight count hundreds in this time.
   */
  private static final long EPOCHS_MAX = 40;

  abstract void happen(NetworkStage stage, SplittableRandom random);

  private static void deposed(NetworkStage stage, String leader) {
    stage.awaitDeposed(leader);
    stage.awaitTrades();
    stage.pause(1_500);
  }

  /** Neither hears the other. */
  private static void part(NetworkStage stage, String one, String other) {
    stage.network.vanish(one, other);
    stage.network.vanish(other, one);
  }

  private static void still(NetworkStage stage) {
    long before = stage.epoch();
    stage.awaitTrades();
    stage.pause(STILL_MILLIS);
    stage.awaitTrades();
    long grown = stage.epoch() - before;
    stage.say(stage.leader() + " leads, epoch " + before + " + " + grown + " after 10 s");
    if (grown > EPOCHS_MAX) {
      throw new FailedException("the epoch grew by " + grown + " within 10 s");
    }
  }
}
