package org.stockbazaar.gateway.election;

import java.util.List;

/**
 * Port: what an election wants done. Calls do not block and do not call back before they return.
 */
public interface ElectionEffects {
  /** Asks a replica for its state. */
  void ping(int replica);

  /**
   * Asks a replica to stand for election; exactly one answer comes back, if only that it is lost.
   */
  void nominate(int replica, long epoch, List<Integer> answered);

  /** Tells all replicas who leads. */
  void announce(int leader, long epoch);

  /** Requests go to {@code leader} from now on; 0 means nobody to send them to. */
  void leaderChanged(int leader, long epoch, String why);
}
