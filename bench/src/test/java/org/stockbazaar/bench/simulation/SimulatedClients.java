package org.stockbazaar.bench.simulation;

import io.netty.channel.EventLoop;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Role;

/** Clients of one life of a machine. */
record SimulatedClients(Machine machine, EventLoop loop) implements Clients {
  @Override
  public Client to(Role role, int node, HostPort peer, Client.Listener listener) {
    return new SimulatedClient(machine, role, node, listener);
  }
}
