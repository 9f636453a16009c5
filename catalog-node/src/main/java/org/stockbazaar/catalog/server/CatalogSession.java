package org.stockbazaar.catalog.server;

import org.stockbazaar.catalog.view.Asker;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Hello;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Status;

/** One channel to the catalog. It is flushed at the end of a turn in which something was sent. */
final class CatalogSession implements Session {
  private static final long FOLLOWER_STEP = 256;

  final long number;
  private final CatalogNode node;
  private final Connection connection;
  private boolean unflushed;
  private long toldIndex;

  CatalogSession(CatalogNode node, Connection connection, long number) {
    this.node = node;
    this.connection = connection;
    this.number = number;
  }

  Hello peer() {
    return connection.peer();
  }

  Asker asker(long correlation, String kind, long nowNanos) {
    int gateway = peer().role() == Role.GATEWAY ? peer().node() : 0;
    return new Asker(number, gateway, correlation, kind, nowNanos);
  }

  void send(long correlation, Message message) {
    connection.send(correlation, message);
    unflushed = true;
  }

  /** Tells an order node what is applied. */
  void tell(Applied applied) {
    toldIndex = applied.index();
    send(0, applied);
  }

  /** Whether an order node's idea of where it would go on, if it led, is old. */
  boolean isBehind(long index) {
    return peer().role() == Role.ORDER && Math.abs(index - toldIndex) >= FOLLOWER_STEP;
  }

  void flush() {
    if (unflushed) {
      unflushed = false;
      connection.flush();
    }
  }

  void close() {
    connection.close();
  }

  /** This role does not ask for this here. */
  void refuse(long correlation, Message message) {
    if (correlation != 0) {
      String detail = message.getClass().getSimpleName() + " is not for the catalog";
      send(correlation, new Failed(Status.BAD_REQUEST, Reason.NONE, 0, detail));
    }
  }

  @Override
  public void received(long correlation, Message message) {
    node.received(this, correlation, message);
  }

  @Override
  public void readComplete() {
    // The turn flushes, after everything that came together.
  }

  @Override
  public void closed() {
    node.closed(this);
  }
}
