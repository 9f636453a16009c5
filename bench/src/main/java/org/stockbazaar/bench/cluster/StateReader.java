package org.stockbazaar.bench.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts what the operating system and the nodes tell together. */
final class StateReader {
  private static final String EPOCH = "bazaar_order_epoch";
  private static final String LEADER = "bazaar_order_leader";
  private static final String VOTER = "bazaar_order_voter";
  private static final String LAST_NUMBER = "bazaar_order_last_number";
  static final String COMMIT_INDEX = "bazaar_order_commit_index";

  private final Collection<NodeHandle> nodes;
  private final Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();

  StateReader(Collection<NodeHandle> nodes) {
    this.nodes = nodes;
  }

  ClusterState read() {
    for (NodeHandle node : nodes) {
      boolean asked = node.plan().kind() == Kind.ORDER && "running".equals(node.state());
      metrics.put(node.name(), asked ? Vitals.metrics(node.site(), node.plan()) : Map.of());
    }
    NodeHandle leader = leader();
    List<NodeState> states = new ArrayList<>();
    for (NodeHandle node : nodes) {
      states.add(state(node, leader));
    }
    return new ClusterState(leader == null ? null : leader.name(), states);
  }

  /** The one that leads in the newest epoch: a deposed leader may not know it yet. */
  private NodeHandle leader() {
    NodeHandle leader = null;
    for (NodeHandle node : nodes) {
      Long leads = value(node, LEADER);
      if (leads != null
          && leads == 1
          && (leader == null || value(node, EPOCH) > value(leader, EPOCH))) {
        leader = node;
      }
    }
    return leader;
  }

  private NodeState state(NodeHandle node, NodeHandle leader) {
    OsProcess process = node.process();
    boolean alive = process != null && process.alive();
    Long epoch = value(node, EPOCH);
    Long number = value(node, LAST_NUMBER);
    return new NodeState(
        node.name(),
        node.plan().kind().word(),
        alive ? process.pid() : null,
        node.state(),
        epoch == null ? null : role(node, leader),
        epoch,
        number == null || number < 0 ? null : number,
        lag(node, leader),
        alive ? process.residentBytes() : null,
        alive ? process.proportionalBytes() : null,
        node.plan().address().toString(),
        node.plan().http().toString());
  }

  private String role(NodeHandle node, NodeHandle leader) {
    if (node == leader) {
      return "leader";
    }
    return Long.valueOf(0).equals(value(node, VOTER)) ? "learner" : "follower";
  }

  private Long lag(NodeHandle node, NodeHandle leader) {
    Long own = value(node, COMMIT_INDEX);
    Long most = leader == null ? null : value(leader, COMMIT_INDEX);
    return own == null || most == null ? null : Math.max(0, most - own);
  }

  private Long value(NodeHandle node, String name) {
    Double value = metrics.get(node.name()).get(name);
    return value == null ? null : value.longValue();
  }
}
