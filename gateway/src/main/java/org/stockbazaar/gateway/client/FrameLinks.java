package org.stockbazaar.gateway.client;

import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.FrameClient;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/** Links over frames to the real nodes. */
final class FrameLinks implements Link.Factory {
  private final Transport transport;
  private final Identity self;
  private final MarketOptions options;
  private final Metrics metrics;

  FrameLinks(Transport transport, Identity self, MarketOptions options, Metrics metrics) {
    this.transport = transport;
    this.self = self;
    this.options = options;
    this.metrics = metrics;
  }

  @Override
  public Link order(int replica, Link.Listener listener) {
    var link = new FrameLink(listener);
    var address = options.orders().addresses().get(replica);
    link.client =
        new FrameClient(
            transport, self, Role.ORDER, replica, address, link, ChannelLimits.DEFAULT, metrics);
    return link;
  }

  @Override
  public Link catalog(Link.Listener listener) {
    var link = new FrameLink(listener);
    link.client =
        new FrameClient(
            transport,
            self,
            Role.CATALOG,
            Identity.CATALOG_NODE,
            options.catalog(),
            link,
            ChannelLimits.DEFAULT,
            metrics);
    return link;
  }

  private static final class FrameLink implements Link, FrameClient.Listener {
    private final Listener listener;
    private FrameClient client;

    FrameLink(Listener listener) {
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
