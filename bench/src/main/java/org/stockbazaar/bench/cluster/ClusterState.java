package org.stockbazaar.bench.cluster;

import java.util.List;

/**
 * What {@code status} tells.
 *
 * @param leader the order node that leads, null for none
 */
public record ClusterState(String leader, List<NodeState> processes) {
  static final ClusterState NONE = new ClusterState(null, List.of());
}
