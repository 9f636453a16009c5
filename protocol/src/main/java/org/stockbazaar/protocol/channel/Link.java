package org.stockbazaar.protocol.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.frame.FrameDecoder;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;

/**
 * The inner end of one channel's pipeline, on either side: carries the handshake out, then hands
 * messages to the owner. Closes the channel on anything that does not belong there.
 */
final class Link extends ChannelInboundHandlerAdapter implements FrameDecoder.Sink {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Handshake handshake;
  private final Owner owner;
  private final ChannelLimits limits;
  private final ChannelFigures figures;
  private final FrameDecoder decoder = new FrameDecoder(this);
  private Channel channel;
  private ChannelConnection connection;
  private ScheduledFuture<?> timeout;
  private String refusal = "it closed the channel before it was authenticated";
  private boolean opened;

  /** Whose channel it is. */
  interface Owner {
    /** The channel is authenticated. */
    void opened(ChannelConnection connection);

    void received(long correlation, Message message);

    void readComplete();

    /** The peer sent something that is no frame: the channel closes. */
    void malformed(String reason);

    /** An authenticated channel closed; once. */
    void closed();

    /** A connected channel closed before it was authenticated; once. */
    void refused(String reason);
  }

  Link(Handshake handshake, Owner owner, ChannelLimits limits, ChannelFigures figures) {
    this.handshake = handshake;
    this.owner = owner;
    this.limits = limits;
    this.figures = figures;
  }

  /** A nonce from the system's randomness. */
  static Bytes32 nonce() {
    byte[] bytes = new byte[Bytes32.BYTES];
    RANDOM.nextBytes(bytes);
    return Bytes32.of(bytes);
  }

  /** Makes the pipeline of a new channel. */
  void install(Channel into) {
    channel = into;
    int high = limits.outputBytesMax();
    into.config()
        .setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(high / 2, high));
    into.pipeline().addLast(decoder, this);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connection = new ChannelConnection(channel, figures);
    connection.append(0, handshake.hello());
    connection.flush();
    timeout =
        channel
            .eventLoop()
            .schedule(
                () -> refuse("it is not authenticated in time"),
                limits.handshakeNanos(),
                TimeUnit.NANOSECONDS);
  }

  @Override
  public void received(long correlation, Message message) {
    if (!opened) {
      shakeHands(message);
    } else if (message instanceof Message.Hello || message instanceof Message.Proof) {
      malformed(new MalformedException("HELLO and PROOF come once"));
    } else {
      owner.received(correlation, message);
    }
  }

  private void shakeHands(Message message) {
    try {
      Message.Proof proof = handshake.received(message);
      if (proof != null) {
        connection.append(0, proof);
        connection.flush();
      }
    } catch (RefusedException e) {
      refuse(e.getMessage());
      return;
    }
    if (handshake.isDone()) {
      timeout.cancel(false);
      opened = true;
      decoder.authenticated();
      connection.authenticated(handshake.peer());
      owner.opened(connection);
    }
  }

  private void refuse(String reason) {
    refusal = reason;
    channel.close();
  }

  @Override
  public void malformed(MalformedException reason) {
    figures.malformed().increment();
    owner.malformed(reason.getMessage());
    refuse("it sent a malformed frame: " + reason.getMessage());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (opened && connection.isOpen()) {
      owner.readComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (connection == null) {
      return;
    }
    timeout.cancel(false);
    connection.release();
    if (opened) {
      owner.closed();
    } else {
      figures.refused().increment();
      owner.refused(refusal);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      Loops.report(
          cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
    }
    ctx.close();
  }
}
