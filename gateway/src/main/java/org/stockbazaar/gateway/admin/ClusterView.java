package org.stockbazaar.gateway.admin;

import java.util.List;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message.Pong;

/**
 * The order nodes as they answered one round of pings.
 *
 * @param replicas all of them, by id
 */
public record ClusterView(List<Replica> replicas) {

  /**
   * One of them.
   *
   * @param pong null when it did not answer
   */
  public record Replica(int id, HostPort address, Pong pong) {
    /** leader, follower, learner or unreachable. */
    String role() {
      if (pong == null) {
        return "unreachable";
      }
      if (!pong.voter()) {
        return "learner";
      }
      return pong.leader() == id ? "leader" : "follower";
    }
  }

  /**
   * The one that serves, in the newest epoch: a deposed leader may not know it yet. Null for none.
   */
  Replica leader() {
    Replica leader = null;
    for (Replica replica : replicas) {
      Pong pong = replica.pong;
      if (pong != null
          && pong.serving()
          && (leader == null || pong.epoch() > leader.pong.epoch())) {
        leader = replica;
      }
    }
    return leader;
  }
}
