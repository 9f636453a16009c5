package org.stockbazaar.gateway.admin;

import java.util.SortedSet;

/** The order nodes' names: {@code order-3} is the one with id 3. */
final class Names {
  private Names() {}

  static String of(int replica) {
    return "order-" + replica;
  }

  /** The id of the replica of that name; 0 when there is none. */
  static int find(String name, SortedSet<Integer> replicas) {
    for (int replica : replicas) {
      if (of(replica).equals(name)) {
        return replica;
      }
    }
    return 0;
  }

  static String all(SortedSet<Integer> replicas) {
    var names = new StringBuilder();
    for (int replica : replicas) {
      names.append(names.isEmpty() ? "" : ", ").append(of(replica));
    }
    return names.toString();
  }
}
