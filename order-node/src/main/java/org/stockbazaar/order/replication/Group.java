package org.stockbazaar.order.replication;

import java.util.List;
import org.stockbazaar.protocol.invariant.Invariant;

/**
 * The order group as one replica sees it.
 *
 * @param self this replica's id
 * @param members all ids, this one included, ascending
 */
public record Group(int self, List<Integer> members) {
  public Group {
    members = List.copyOf(members);
    Invariant.check(members.contains(self), "a replica is a member of its group", self);
  }

  /** How many replicas are more than half of them. */
  int majority() {
    return members.size() / 2 + 1;
  }

  /** True when this replica is the whole group. */
  boolean isAlone() {
    return members.size() == 1;
  }

  /** True for the other members. */
  boolean isPeer(int id) {
    return id != self && members.contains(id);
  }
}
