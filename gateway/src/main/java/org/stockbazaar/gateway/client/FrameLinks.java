package org.stockbazaar.gateway.client;

import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;

/** Links over the channels of the nodes' protocol. */
final class FrameLinks implements Link.Factory {
  private final Clients clients;
  private final MarketOptions options;

  FrameLinks(Clients clients, MarketOptions options) {
    this.clients = clients;
    this.options = options;
  }

  @Override
  public Link order(int replica, Link.Listener listener) {
    var link = new FrameLink(listener);
    var address = options.orders().addresses().get(replica);
    link.client = clients.to(Role.ORDER, replica, address, link);
    return link;
  }

  @Override
  public Link catalog(Link.Listener listener) {
    var link = new FrameLink(listener);
    link.client = clients.to(Role.CATALOG, Identity.CATALOG_NODE, options.catalog(), link);
    return link;
  }

  private static final class FrameLink implements Link, Client.Listener {
    private final Link.Listener listener;
    private Client client;

    FrameLink(Link.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void start() {
      client.start();
    }

    @Override
    public void close() {
      client.close();
    }

    @Override
    public boolean isOpen() {
      return client.isOpen();
    }

    @Override
    public void call(Message request, long timeoutNanos, ReplyHandler handler) {
      client.call(request, timeoutNanos, handler);
    }

    @Override
    public void tell(Message message) {
      client.tell(message);
    }

    @Override
    public void answer(long correlation, Message message) {
      Connection connection = client.connection();
      if (connection != null) {
        connection.send(correlation, message);
      }
    }

    @Override
    public void flush() {
      client.flush();
    }

    @Override
    public void opened(Message.Hello hello) {
      listener.opened();
    }

    @Override
    public void received(long correlation, Message message) {
      listener.received(correlation, message);
    }

    @Override
    public void readComplete() {
      // The turn flushes.
    }

    @Override
    public void closed() {
      listener.closed();
    }
  }
}
