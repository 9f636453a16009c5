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
 * a round, a slice in each, so small that the requests in it cannot be many. Of a closing session
 * the bytes are thrown away, within a bound.
 *
 * <p>Behind a half-close the socket is read to its end, whatever is asked of it. So all sessions
 * together have a bound for what waits; who goes over it gets 503 as its last reply, and the rest
 * of its bytes is thrown away.
 */
final class Intake extends ChannelInboundHandlerAdapter {
  /** Holds fewer requests than the codec's pipeline depth, 128; the shortest has 18 bytes. */
  private static final int SLICE_BYTES = 2 * 1024;

  /** A closing session reads so much at most, so that its client gets to the reply. */
  private static final int DISCARDED_BYTES_MAX = 1024 * 1024;

  private final HttpSession session;
  private final HttpServer server;
  private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
  private ChannelHandlerContext context;
  private boolean due;
  private boolean feeding;
  private boolean ended;
  private boolean refused;
  private long discardedBytes;

  Intake(HttpSession session, HttpServer server) {
    this.session = session;
    this.server = server;
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
    if (refused) {
      bytes.release();
      return;
    }
    held.add(bytes);
    server.holdInput(bytes.capacity());
    if (!due) {
      due = true;
      server.rounds().read(this, context.channel().eventLoop());
    }
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

  /** Goes on with what is held back, in the next round. */
  void resume() {
    if (!due && !feeding && (ended || !held.isEmpty())) {
      due = true;
      server.rounds().resume(this, context.channel().eventLoop());
    }
  }

  /** It is the session's turn. */
  void serve() {
    due = false;
    feed();
    context.fireChannelReadComplete();
    session.flush();
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
      discard(poll());
    }
    context.channel().config().setAutoRead(true);
  }

  private void feed() {
    if (!held.isEmpty() && !session.isBusy()) {
      feeding = true;
      session.received();
      context.fireChannelRead(slice());
      feeding = false;
    }
    if (!held.isEmpty() && !session.isClosing() && server.holdsTooMuchInput()) {
      refused = true;
      releaseHeld();
      session.refuseInput();
    }
    if (session.isClosing()) {
      clear();
    } else if (!held.isEmpty() && !session.isBusy()) {
      resume();
    }
    if (ended && held.isEmpty() && (session.isClosing() || !session.isBusy())) {
      ended = false;
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else if (!session.isClosing() && context.channel().config().isAutoRead() != held.isEmpty()) {
      context.channel().config().setAutoRead(held.isEmpty());
    }
  }

  private ByteBuf slice() {
    ByteBuf first = held.peek();
    if (first.readableBytes() > SLICE_BYTES) {
      return first.readRetainedSlice(SLICE_BYTES);
    }
    return poll();
  }

  private ByteBuf poll() {
    ByteBuf first = held.poll();
    server.holdInput(-first.capacity());
    return first;
  }

  private void releaseHeld() {
    while (!held.isEmpty()) {
      poll().release();
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
    releaseHeld();
    context.fireChannelInactive();
  }
}
