package org.stockbazaar.protocol.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * The listening side: authenticates whoever connects and gives each channel a session. Its state
 * belongs to the node's event loop.
 */
public final class FrameServer {
  private static final Logger LOG = LoggerFactory.getLogger(FrameServer.class);

  private final Transport transport;
  private final EventLoop loop;
  private final Identity self;
  private final HostPort listen;
  private final Acceptor acceptor;
  private final ChannelLimits limits;
  private final ChannelFigures figures;
  private final RefusalLog refusals = new RefusalLog();
  private final Set<Channel> channels = new LinkedHashSet<>();
  private Channel listening;

  public FrameServer(
      Transport transport,
      Identity self,
      HostPort listen,
      Acceptor acceptor,
      ChannelLimits limits,
      Metrics metrics) {
    this.transport = transport;
    loop = transport.loop();
    this.self = self;
    this.listen = listen;
    this.acceptor = acceptor;
    this.limits = limits;
    figures = ChannelFigures.of(metrics);
    metrics.gauge("bazaar_channels", "Channels that others opened to this node.", channels::size);
  }

  /**
   * Listens; returns the address with the port that it got. Not on the event loop. {@link
   * FailedException} when the address cannot be had.
   */
  public HostPort start() {
    var bound = transport.server().childHandler(new Children()).bind(listen.socketAddress());
    if (!bound.awaitUninterruptibly().isSuccess()) {
      throw new FailedException(
          "cannot listen on "
              + listen
              + " ("
              + bound.cause().getMessage()
              + "); choose another port",
          bound.cause());
    }
    listening = bound.channel();
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    LOG.info("listening on {}:{}", listen.host(), port);
    return new HostPort(listen.host(), port);
  }

  /** Takes no new channels; the ones that there are stay. */
  public void stopAccepting() {
    if (listening != null) {
      listening.close();
    }
  }

  /** Closes everything; sessions hear of it. */
  public void close() {
    stopAccepting();
    if (loop.inEventLoop()) {
      closeAll();
    } else {
      loop.execute(this::closeAll);
    }
  }

  private void closeAll() {
    new ArrayList<>(channels).forEach(Channel::close);
  }

  /** Makes the pipelines of accepted channels. */
  private final class Children extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      if (channels.size() >= limits.connectionsMax()) {
        refusals.warn("anyone", "there are " + channels.size() + " channels already");
        figures.refused().increment();
        channel.close();
        return;
      }
      channels.add(channel);
      channel.closeFuture().addListener(closed -> channels.remove(channel));
      var handshake = Handshake.server(self, Link.nonce());
      new Link(handshake, new Accepted(channel), limits, figures).install(channel);
    }
  }

  /** One accepted channel. */
  private final class Accepted implements Link.Owner {
    private final String address;
    private Session session;

    Accepted(Channel channel) {
      var remote = (InetSocketAddress) channel.remoteAddress();
      address = remote == null ? "a peer" : remote.getAddress().getHostAddress();
    }

    @Override
    public void opened(ChannelConnection connection) {
      session = acceptor.accepted(connection);
      if (session == null) {
        connection.close();
        refusals.warn(address, "this node does not serve it");
      }
    }

    @Override
    public void received(long correlation, Message message) {
      if (session != null) {
        session.received(correlation, message);
      }
    }

    @Override
    public void readComplete() {
      if (session != null) {
        session.readComplete();
      }
    }

    @Override
    public void malformed(String reason) {
      refusals.warn(address, "it sent a malformed frame: " + reason);
    }

    @Override
    public void closed() {
      if (session != null) {
        session.closed();
      }
    }

    @Override
    public void refused(String reason) {
      refusals.warn(address, reason);
    }
  }
}
