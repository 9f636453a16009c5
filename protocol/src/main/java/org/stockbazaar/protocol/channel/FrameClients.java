package org.stockbazaar.protocol.channel;

import io.netty.channel.EventLoop;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * Makes clients over sockets.
 *
 * @param transport the node's sockets
 * @param self who the node is to its peers
 * @param metrics where the node's figures are
 */
public record FrameClients(Transport transport, Identity self, Metrics metrics) implements Clients {
  @Override
  public EventLoop loop() {
    return transport.loop();
  }

  @Override
  public Client to(Role role, int node, HostPort peer, Client.Listener listener) {
    return new FrameClient(
        transport, self, role, node, peer, listener, ChannelLimits.DEFAULT, metrics);
  }
}
