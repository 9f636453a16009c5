package org.stockbazaar.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;

/**
 * Stands before the codec and lets bytes in only while the session has nothing to do: a client that
 * pipelines waits in its own socket, not in this heap. Bytes go in when it is the session's turn in
 * a round. Of a closing session they are thrown away, within a bound.
 */
final class Intake extends ChannelInboundHandlerAdapter {
  /** A closing session reads so much at most, so that its client gets to the reply. */
  private static final int DISCARDED_BYTES_MAX = 1024 * 1024;

  private final HttpSession session;
  private final Rounds rounds;
  private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
  private ChannelHandlerContext context;
  private boolean feeding;
  private boolean ended;
  private long discardedBytes;

  /**
   * @param rounds in which the session is served
   */
  Intake(HttpSession session, Rounds rounds) {
    this.session = session;
    this.rounds = rounds;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var bytes = (ByteBuf) message;
    if (session.isClosing()) {
      discard(bytes);
      return;
    }
    held.add(bytes);
    rounds.read(this, context.channel().eventLoop());
  }

  /** What was read goes in in its round, and this is told behind it. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) {}

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended = true;
      resume();
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  /** Goes on with what is held back, if the session has nothing else to do. */
  void resume() {
    if (!feeding && (ended || !held.isEmpty())) {
      feed();
      context.fireChannelReadComplete();
      session.flush();
    }
  }

  /** Whether bytes are going in right now, so that a flush follows by itself. */
  boolean isFeeding() {
    return feeding;
  }

  /** Whether the client has closed its side and everything it sent has gone in. */
  boolean hasEnded() {
    return ended && held.isEmpty() && !feeding;
  }

  /** Done when everything before it is written. */
  ChannelFuture mark() {
    return context.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }

  /** Throws away what is held: the session is closing. */
  void clear() {
    while (!held.isEmpty()) {
      discard(held.poll());
    }
    context.channel().config().setAutoRead(true);
  }

  private void feed() {
    if (feeding) {
      return;
    }
    feeding = true;
    while (!held.isEmpty() && !session.isBusy()) {
      session.received();
      context.fireChannelRead(held.poll());
    }
    feeding = false;
    if (session.isClosing()) {
      clear();
    }
    if (ended && held.isEmpty() && (session.isClosing() || !session.isBusy())) {
      ended = false;
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else if (!session.isClosing() && context.channel().config().isAutoRead() != held.isEmpty()) {
      context.channel().config().setAutoRead(held.isEmpty());
    }
  }

  private void discard(ByteBuf bytes) {
    discardedBytes += bytes.readableBytes();
    bytes.release();
    if (discardedBytes > DISCARDED_BYTES_MAX) {
      session.cut();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    while (!held.isEmpty()) {
      held.poll().release();
    }
    context.fireChannelInactive();
  }
}
