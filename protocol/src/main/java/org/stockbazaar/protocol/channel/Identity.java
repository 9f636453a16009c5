package org.stockbazaar.protocol.channel;

import java.util.List;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.message.Role;

/**
 * Who we are to our peers.
 *
 * @param role what this node is
 * @param node its number: 3 for {@code order-3}
 * @param incarnation grows with each start of the same node
 * @param secret what it shares with its cluster
 * @param members ids of the order group, ascending; empty where this node does not know them
 */
public record Identity(
    Role role, int node, long incarnation, ClusterSecret secret, List<Integer> members) {
  /** The catalog node's number: there is one. */
  public static final int CATALOG_NODE = 1;
}
