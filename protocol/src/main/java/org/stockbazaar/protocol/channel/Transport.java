package org.stockbazaar.protocol.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A node's one event loop and the sockets that belong to it: epoll where the system has it, else
 * NIO.
 */
public final class Transport implements AutoCloseable {
  private static final int CONNECT_MILLIS_MAX = 1_000;
  private static final int BACKLOG = 1_024;

  /**
   * A channel whose peer acknowledges nothing for this long ends. Otherwise TCP tries again ever
   * less often, and after a cut of a minute it needs up to another one to notice that it is over.
   */
  private static final int UNACKNOWLEDGED_MILLIS_MAX = 3_000;

  /**
   * A peer that went without a word is noticed within half a minute: it holds one of few places.
   */
  private static final int KEEPALIVE_SECONDS = 15;

  private static final int KEEPALIVE_AGAIN_SECONDS = 5;
  private static final int KEEPALIVE_TRIES = 3;

  private final EventLoopGroup group;
  private final EventLoop loop;
  private final Class<? extends ServerChannel> serverChannel;
  private final Class<? extends SocketChannel> socketChannel;

  private Transport(
      IoHandlerFactory handlers,
      Class<? extends ServerChannel> serverChannel,
      Class<? extends SocketChannel> socketChannel,
      String threadName) {
    group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(threadName), handlers);
    loop = group.next();
    this.serverChannel = serverChannel;
    this.socketChannel = socketChannel;
  }

  /** Starts an event loop; its thread's name begins with {@code threadName}. */
  public static Transport open(String threadName) {
    return Epoll.isAvailable()
        ? new Transport(
            SteadyEpoll.newFactory(),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            threadName)
        : new Transport(
            NioIoHandler.newFactory(),
            NioServerSocketChannel.class,
            NioSocketChannel.class,
            threadName);
  }

  /** The loop that everything of this node runs on. */
  public EventLoop loop() {
    return loop;
  }

  /** For listening: connections without delay, an address that can be taken again at once. */
  public ServerBootstrap server() {
    var server =
        new ServerBootstrap()
            .group(loop)
            .channel(serverChannel)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true);
    if (hasEpoll()) {
      server
          .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEPALIVE_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEPALIVE_AGAIN_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPCNT, KEEPALIVE_TRIES);
    }
    return server;
  }

  /** For connecting, within a second; the connection ends when the peer takes nothing any more. */
  public Bootstrap client() {
    var client =
        new Bootstrap()
            .group(loop)
            .channel(socketChannel)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX);
    if (hasEpoll()) {
      client.option(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MILLIS_MAX);
    }
    return client;
  }

  private boolean hasEpoll() {
    return socketChannel == EpollSocketChannel.class;
  }

  /** Ends the loop and with it every socket; waits for it, at most 5 s, unless called on it. */
  @Override
  public void close() {
    var closing = group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    if (!loop.inEventLoop()) {
      closing.awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
  }
}
