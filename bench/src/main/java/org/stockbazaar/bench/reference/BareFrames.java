package org.stockbazaar.bench.reference;

import java.nio.file.Path;
import java.util.List;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.FrameServer;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Order;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.metrics.Metrics;

/** The ceiling for calls in frames: answers trades and order lookups at once. */
final class BareFrames {
  private BareFrames() {}

  /** Arguments: port, file with the cluster secret. */
  public static void main(String... arguments) {
    var listen = new HostPort("127.0.0.1", Integer.parseInt(arguments[0]));
    var secret = ClusterSecret.load(Path.of(arguments[1]));
    var self = new Identity(Role.ORDER, 1, 1, secret, List.of(1));
    var transport = Transport.open("bare");
    new FrameServer(transport, self, listen, Echo::new, ChannelLimits.DEFAULT, new Metrics())
        .start();
    Bare.listens();
  }

  private static final class Echo implements Session {
    private final Connection connection;
    private long number;

    Echo(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void received(long correlation, Message message) {
      if (message instanceof Trade) {
        connection.send(correlation, new Traded(number++));
      } else {
        connection.send(correlation, new Order(0, Side.BUY, 1, "GameStart"));
      }
    }

    @Override
    public void readComplete() {
      connection.flush();
    }

    @Override
    public void closed() {}
  }
}
