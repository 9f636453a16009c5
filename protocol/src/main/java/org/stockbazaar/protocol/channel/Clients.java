package org.stockbazaar.protocol.channel;

import io.netty.channel.EventLoop;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Role;

/** Port: makes a node's clients; all of them belong to the node's one event loop. */
public interface Clients {
  /** The loop that everything of this node runs on; its ticker is the node's clock. */
  EventLoop loop();

  /** A client of one peer; it opens nothing before it is started. */
  Client to(Role role, int node, HostPort peer, Client.Listener listener);
}
