package org.stockbazaar.bench.cluster;

import java.util.List;

/**
 * What {@code status} tells.
 *
 * @param leader the order node that leads, null for none
 */
public record ClusterState(String leader, List<NodeState> processes) {
  static final ClusterState NONE = new ClusterState(null, List.of());

  /** The process of that name, which must be one of these. */
  public NodeState process(String name) {
    for (NodeState process : processes) {
      if (process.name().equals(name)) {
        return process;
      }
    }
    throw new IllegalArgumentException(name + " is not among the processes");
  }

  /** Whether so many order nodes run that they can elect a leader. */
  boolean canElect() {
    List<NodeState> orders =
        processes.stream().filter(process -> process.kind().equals(Kind.ORDER.word())).toList();
    long running = orders.stream().filter(process -> process.state().equals("running")).count();
    return running > orders.size() / 2;
  }
}
