package org.stockbazaar.order.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.order.driver.Network;
import org.stockbazaar.order.driver.Parts;
import org.stockbazaar.order.driver.Stop;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.channel.Turns;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * An order node without sockets and files: the driver, the channels that bring its events and carry
 * its effects, and the one timer. What is under it, the server's sockets or a simulation's, is
 * handed in.
 */
public final class OrderNode implements Network {
  private final EventLoop loop;
  private final Driver driver;
  private final Turns turns;
  private final Requests requests;
  private final PeerChannels peers;
  private final CatalogChannel catalog;
  private ScheduledFuture<?> timer;
  private long timerNanos;
  private Runnable drained;
  private boolean closed;

  /**
   * Where the others are.
   *
   * @param peers the group, this replica included
   * @param catalog the catalog node
   */
  public record Addresses(PeerList peers, HostPort catalog) {}

  /**
   * @param timeMillis gives the wall clock for entries; decides nothing
   */
  public OrderNode(
      Clients clients,
      Addresses addresses,
      Parts parts,
      LongSupplier timeMillis,
      Metrics metrics,
      Stop stop) {
    loop = clients.loop();
    turns = new Turns(loop, this::turn);
    driver = new Driver(parts, this, timeMillis, stop, now());
    requests = new Requests(driver, metrics);
    int self = parts.group().self();
    peers = new PeerChannels(clients, self, addresses.peers().addresses(), driver);
    catalog = new CatalogChannel(clients, addresses.catalog(), driver);
    measure(metrics);
  }

  private void measure(Metrics metrics) {
    metrics.gauge("bazaar_order_epoch", "The replica's epoch.", driver::epoch);
    metrics.gauge(
        "bazaar_order_leader", "1 while this replica leads.", () -> driver.isLeading() ? 1 : 0);
    metrics.gauge(
        "bazaar_order_serving",
        "1 while it leads and its first entry is committed.",
        () -> driver.isServing() ? 1 : 0);
    metrics.gauge(
        "bazaar_order_voter", "0 for a learner.", () -> driver.learns().isEmpty() ? 1 : 0);
    metrics.gauge(
        "bazaar_order_leader_heard",
        "Id of the leader that this replica is or hears, 0 for none.",
        () -> driver.leader(now()));
    metrics.counter(
        "bazaar_order_terms_total", "How often this process began to lead.", driver::terms);
    metrics.gauge(
        "bazaar_order_last_number",
        "Newest transaction number in the log, -1 for none.",
        driver::lastNumber);
    metrics.gauge(
        "bazaar_order_commit_index", "Highest index known committed.", driver::commitIndex);
    metrics.gauge(
        "bazaar_order_released_index", "Everything up to here is released.", driver::releasedIndex);
    metrics.gauge("bazaar_order_last_index", "Index of the log's last entry.", driver::lastIndex);
    metrics.gauge("bazaar_order_ignored", "Messages of peers that made no sense.", driver::ignored);
  }

  // ---- life ------------------------------------------------------------------------------------

  /** Opens the channels to the other nodes. */
  public void start() {
    peers.start();
    catalog.start();
  }

  /** The session for a channel that another node opened, null when it may not. */
  public Session accept(Connection connection) {
    return switch (connection.peer().role()) {
      case GATEWAY, TOOL -> requests.accept(connection);
      case ORDER -> peers.accept(connection);
      case CATALOG -> null;
    };
  }

  /**
   * Hands over if it leads and somebody can take over; then takes no new requests. {@code done} is
   * called when those that there are are answered.
   */
  public void drain(Runnable done) {
    driver.leave(
        () -> {
          drained = done;
          requests.drain();
          turns.request();
        });
  }

  /** Closes the channels to the other nodes; nothing happens any more. */
  public void close() {
    closed = true;
    catalog.close();
    peers.close();
  }

  /** The state of replication. */
  public Driver driver() {
    return driver;
  }

  /** What a ready order node has that this one lacks. */
  public List<String> missing() {
    var missing = new ArrayList<String>();
    if (!driver.learns().isEmpty()) {
      missing.add("a vote, which waits for " + driver.learns());
    }
    if (!driver.hasLeader(now())) {
      missing.add("a leader");
    }
    if (!catalog.isOpen()) {
      missing.add("the catalog");
    }
    return missing;
  }

  // ---- turns -----------------------------------------------------------------------------------

  private void turn() {
    if (closed) {
      return;
    }
    long nowNanos = now();
    driver.turn(nowNanos);
    if (drained != null && requests.isEmpty()) {
      drained.run();
      return;
    }
    wakeIn(driver.nanosToTurn(nowNanos), nowNanos);
  }

  /** One timer for all that time brings; one that runs out early does no harm. */
  private void wakeIn(long nanos, long nowNanos) {
    if (nanos == Long.MAX_VALUE) {
      return;
    }
    long at = nowNanos + nanos;
    if (timer != null) {
      if (timerNanos - at <= 0) {
        return;
      }
      timer.cancel(false);
    }
    timerNanos = at;
    timer =
        loop.schedule(
            () -> {
              timer = null;
              turns.request();
            },
            nanos,
            TimeUnit.NANOSECONDS);
  }

  private long now() {
    return loop.ticker().nanoTime();
  }

  // ---- what the driver wants -------------------------------------------------------------------

  @Override
  public void toPeer(int peer, Message message) {
    peers.send(peer, message);
  }

  @Override
  public void flushPeers() {
    peers.flush();
  }

  @Override
  public void answer(Origin origin, Message reply) {
    requests.answer(origin, reply);
  }

  @Override
  public void toCatalog(Message message) {
    catalog.send(message);
  }

  @Override
  public void hydrate(String stock, long minimumIndex) {
    catalog.hydrate(stock, minimumIndex);
  }

  @Override
  public void flush() {
    requests.flush();
    catalog.flush();
    peers.flush();
  }

  @Override
  public void requestTurn() {
    turns.request();
  }
}
