package org.stockbazaar.order.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.metrics.Latencies;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * The requests of gateways and tools that are not answered yet: at most {@link #REQUESTS_MAX} at
 * once, further ones are told BUSY. Finds the channel for an answer.
 */
final class Requests {
  static final int REQUESTS_MAX = 1 << 16;

  private final Driver driver;
  private final Latencies trades;
  private final Latencies lookups;
  private final Map<Long, Connection> connections = new HashMap<>();

  /** The newest channel of each gateway. */
  private final Map<Integer, Connection> gateways = new HashMap<>();

  private final Map<Origin, Request> requests = new HashMap<>();
  private final Set<Connection> answered = new LinkedHashSet<>();
  private long connectionLast;
  private boolean draining;

  /** One request; without latencies it is of a kind that is not measured. */
  private record Request(Latencies latencies, long sinceNanos) {}

  Requests(Driver driver, Metrics metrics) {
    this.driver = driver;
    trades = metrics.requests("trade");
    lookups = metrics.requests("order_lookup");
    metrics.gauge("bazaar_order_requests", "Requests that are not answered yet.", requests::size);
  }

  /** A session for a gateway's or a tool's channel. */
  Session accept(Connection connection) {
    long id = ++connectionLast;
    connections.put(id, connection);
    if (connection.peer().role() == Role.GATEWAY) {
      Connection before = gateways.put(connection.peer().node(), connection);
      if (before != null) {
        // What is still unread there was sent before anything that comes here, and given up.
        before.close();
      }
    }
    return new Client(id, connection);
  }

  /** From now on new requests are turned away. */
  void drain() {
    draining = true;
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }

  void answer(Origin origin, Message reply) {
    Request request = requests.remove(origin);
    if (request == null) {
      return;
    }
    if (request.latencies != null) {
      request.latencies.record(System.nanoTime() - request.sinceNanos);
    }
    Connection connection = connections.get(origin.connection());
    if (connection != null) {
      connection.send(origin.correlation(), reply);
      answered.add(connection);
    }
  }

  /** One flush for each channel that was answered. */
  void flush() {
    if (answered.isEmpty()) {
      return;
    }
    // A flush may end in a closed channel, and that in changes here.
    List<Connection> flushed = new ArrayList<>(answered);
    answered.clear();
    flushed.forEach(Connection::flush);
  }

  private Latencies latencies(Message message) {
    if (message instanceof Trade) {
      return trades;
    }
    return message instanceof FindOrder ? lookups : null;
  }

  private final class Client implements Session {
    private final long id;
    private final Connection connection;

    Client(long id, Connection connection) {
      this.id = id;
      this.connection = connection;
    }

    @Override
    public void received(long correlation, Message message) {
      var origin = new Origin(id, correlation);
      if (correlation == 0
          ? !(message instanceof Message.Announce)
          : requests.containsKey(origin) || speaksForAnother(message)) {
        // Nobody could be answered, or somebody would not be told of a trade.
        connection.close();
        return;
      }
      // Who pings hears that another one leads.
      if ((draining && !(message instanceof Ping)) || requests.size() >= REQUESTS_MAX) {
        turnAway(correlation);
        return;
      }
      if (!driver.request(origin, message)) {
        connection.close();
      } else if (correlation != 0) {
        requests.put(origin, new Request(latencies(message), System.nanoTime()));
      }
    }

    /** Whether it says that a gateway let go which is not this one. */
    private boolean speaksForAnother(Message message) {
      if (!(message instanceof Trade trade) || trade.letGo().equals(LetGo.NOBODY)) {
        return false;
      }
      Message.Hello peer = connection.peer();
      return peer.role() != Role.GATEWAY
          || peer.node() != trade.letGo().gateway()
          || peer.incarnation() != trade.letGo().incarnation();
    }

    private void turnAway(long correlation) {
      var status = Status.BUSY;
      String detail = REQUESTS_MAX + " requests wait";
      if (draining) {
        // With another leader at work there is nothing to wait for here.
        status = driver.isLeading() ? Status.UNAVAILABLE : Status.NOT_LEADER;
        detail = "it is stopping";
      }
      if (correlation != 0) {
        connection.send(correlation, new Failed(status, Reason.NONE, 0, detail));
        answered.add(connection);
      }
    }

    @Override
    public void readComplete() {
      // Answers of the driver leave with its turn; only those that were turned away leave here.
      if (answered.remove(connection)) {
        connection.flush();
      }
    }

    @Override
    public void closed() {
      connections.remove(id);
      gateways.remove(connection.peer().node(), connection);
      answered.remove(connection);
    }
  }
}
