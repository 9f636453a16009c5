package org.stockbazaar.bench.load;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

/**
 * A gateway, or what answers like one: each lane is a keep-alive session.
 *
 * @param server where it listens
 * @param stocks names of its stocks, at least one
 * @param orders how many orders it has, from number 0 on; only looked up when there are any
 */
public record HttpTarget(HostPort server, List<String> stocks, long orders) implements Target {
  private static final long CONNECT_SECONDS_MAX = 10;

  @Override
  public List<Lane> open(int lanes, Choice choice, Lane.Run run, Transport transport) {
    var requests = new HttpRequests(choice, stocks, orders);
    List<Lane> opened = new ArrayList<>();
    List<ChannelFuture> connecting = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      var lane = new HttpLane(run, choice, requests);
      opened.add(lane);
      connecting.add(connect(lane, transport));
    }
    for (ChannelFuture future : connecting) {
      if (!future.awaitUninterruptibly(CONNECT_SECONDS_MAX, TimeUnit.SECONDS)
          || !future.isSuccess()) {
        throw new FailedException(
            "cannot open " + lanes + " connections to " + server + ": " + future.cause());
      }
    }
    return opened;
  }

  private ChannelFuture connect(HttpLane lane, Transport transport) {
    var initializer =
        new ChannelInitializer<SocketChannel>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(lane.handler());
          }
        };
    return transport.client().handler(initializer).connect(server.host(), server.port());
  }

  @Override
  public String toString() {
    return server.toString();
  }
}
