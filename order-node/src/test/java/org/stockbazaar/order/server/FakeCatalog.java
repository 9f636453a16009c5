package org.stockbazaar.order.server;

import java.util.List;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.FrameServer;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Hydrate;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

/** A catalog node with one stock, in memory; applies and releases at once. Lives on its loop. */
final class FakeCatalog {
  static final String STOCK = "GameStart";

  private final FrameServer server;
  private long index;
  private int checksum;
  private long quantity = 1_000;

  FakeCatalog(Transport transport, ClusterSecret secret) {
    var self = new Identity(Role.CATALOG, Identity.CATALOG_NODE, 1, secret, List.of());
    server =
        new FrameServer(
            transport,
            self,
            new HostPort("127.0.0.1", 0),
            this::accept,
            ChannelLimits.DEFAULT,
            new Metrics());
  }

  HostPort start() {
    return server.start();
  }

  private Session accept(Connection connection) {
    connection.send(0, applied());
    connection.flush();
    return new Session() {
      @Override
      public void received(long correlation, Message message) {
        Message reply = answer(message);
        if (reply != null) {
          connection.send(correlation, reply);
        }
      }

      @Override
      public void readComplete() {
        connection.flush();
      }

      @Override
      public void closed() {}
    };
  }

  private Message answer(Message message) {
    if (message instanceof Apply apply) {
      for (Entry entry : apply.entries()) {
        apply(entry);
      }
      return applied();
    }
    if (message instanceof Hydrate hydrate) {
      return hydrate.stock().equals(STOCK)
          ? new Found(new Stock(STOCK, 1599, quantity, 0, 0, index))
          : new Failed(Status.NOT_FOUND, Reason.UNKNOWN_STOCK, 0, "");
    }
    return null;
  }

  private void apply(Entry entry) {
    if (entry.index() == index + 1) {
      index = entry.index();
      checksum = entry.checksum();
      if (entry.kind() == Entry.Kind.TRADE) {
        quantity += entry.side().signed(entry.quantity());
      }
    }
  }

  private Applied applied() {
    return new Applied(index, checksum, true, List.of());
  }
}
