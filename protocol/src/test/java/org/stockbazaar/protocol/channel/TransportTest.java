package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransportTest {
  private static final int REPLY_BYTES = 16 << 20;

  /** Answers, when the client has closed its side, with more than the sockets can hold. */
  private static final class LateReply extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        // Later, as a reply comes: by then the socket waits for nothing.
        ctx.executor().execute(() -> reply(ctx));
      }
    }

    private static void reply(ChannelHandlerContext ctx) {
      ctx.writeAndFlush(ctx.alloc().buffer(REPLY_BYTES).writeZero(REPLY_BYTES))
          .addListener(done -> ctx.close());
    }
  }

  @Test
  void aConnectionEndsWhenItsPeerTakesNothingAnyMore() throws Exception {
    assumeTrue(Epoll.isAvailable(), "only epoll's sockets can be told");
    try (var transport = Transport.open("test");
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var channel =
          transport
              .client()
              .handler(new ChannelInboundHandlerAdapter())
              .connect(server.getLocalSocketAddress())
              .sync()
              .channel();
      // Nobody reads: it stays in the sockets and then behind them, as it does when a cable is cut.
      channel.writeAndFlush(channel.alloc().buffer(REPLY_BYTES).writeZero(REPLY_BYTES));
      assertThat(channel.closeFuture().await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aLargeReplyReachesAClientThatHasClosedItsSide() throws Exception {
    try (var transport = Transport.open("test")) {
      var listening =
          transport
              .server()
              .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel.pipeline().addLast(new LateReply());
                    }
                  })
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();
      var address = (InetSocketAddress) listening.localAddress();
      try (var client = new Socket(address.getAddress(), address.getPort())) {
        client.setSoTimeout(60_000);
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes().length).isEqualTo(REPLY_BYTES);
      }
    }
  }
}
