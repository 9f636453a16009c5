package org.stockbazaar.order.server;

import java.util.Map;
import java.util.TreeMap;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Role;

/**
 * The channels between this replica and the others: it speaks on those that it opened, and hears on
 * those that they opened.
 */
final class PeerChannels {
  private final Driver driver;
  private final Map<Integer, Client> clients = new TreeMap<>();

  /** The newest channel that each peer opened; an older one's end says nothing of the peer. */
  private final Map<Integer, Connection> heard = new TreeMap<>();

  /** The newest process of each peer that was met, on a channel of either side. */
  private final Map<Integer, Long> incarnations = new TreeMap<>();

  PeerChannels(Clients factory, int self, Map<Integer, HostPort> addresses, Driver driver) {
    this.driver = driver;
    addresses.forEach(
        (id, address) -> {
          if (id != self) {
            clients.put(id, factory.to(Role.ORDER, id, address, new Spoken(id)));
          }
        });
  }

  void start() {
    clients.values().forEach(Client::start);
  }

  void close() {
    clients.values().forEach(Client::close);
  }

  void send(int peer, Message message) {
    clients.get(peer).tell(message);
  }

  void flush() {
    clients.values().forEach(Client::flush);
  }

  /** A session for a channel that a peer opened; null for one that is none. */
  Session accept(Connection connection) {
    int peer = connection.peer().node();
    if (!clients.containsKey(peer) || !isNewest(peer, connection.peer().incarnation())) {
      return null;
    }
    heard.put(peer, connection);
    return new Heard(peer, connection);
  }

  /** False for a process that ended before one that was met: what it sent last may come late. */
  private boolean isNewest(int peer, long incarnation) {
    return incarnations.merge(peer, incarnation, Math::max) == incarnation;
  }

  /** What a peer says. */
  private final class Heard implements Session {
    private final int peer;
    private final Connection connection;

    Heard(int peer, Connection connection) {
      this.peer = peer;
      this.connection = connection;
    }

    @Override
    public void received(long correlation, Message message) {
      // The process before may have had a disk that is lost since: what it acknowledged is gone,
      // and who votes for it votes for the new one, which has a shorter log.
      if (message instanceof Append || incarnations.get(peer) == connection.peer().incarnation()) {
        driver.peer(peer, message);
      }
    }

    @Override
    public void readComplete() {}

    @Override
    public void closed() {
      if (heard.remove(peer, connection)) {
        driver.peerClosed(peer);
      }
    }
  }

  /** The end of what we say. */
  private final class Spoken implements Client.Listener {
    private final int peer;

    Spoken(int peer) {
      this.peer = peer;
    }

    @Override
    public void opened(Message.Hello hello) {
      if (isNewest(peer, hello.incarnation())) {
        driver.peerOpened(peer);
      }
    }

    @Override
    public void received(long correlation, Message message) {
      // A peer speaks on the channels that it opened.
      Connection connection = clients.get(peer).connection();
      if (connection != null) {
        connection.close();
      }
    }

    @Override
    public void readComplete() {}

    @Override
    public void closed() {}
  }
}
