package org.stockbazaar.protocol.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.protocol.frame.MessageCodec;
import org.stockbazaar.protocol.message.Message;

/**
 * A connection over a Netty channel. Messages are encoded as they are sent, into one buffer per
 * flush: a turn's messages leave by one write. The buffer is this object's until it is handed to
 * the channel, which then releases it; {@link #release} gives back one that never was.
 */
final class ChannelConnection implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelConnection.class);
  private static final int BUFFER_BYTES = 1 << 10;

  /** A buffer this full goes to the channel before the flush, so that none grows without end. */
  private static final int BUFFER_BYTES_ENOUGH = 64 << 10;

  private final Channel channel;
  private final ChannelFigures figures;
  private Message.Hello peer;
  private ByteBuf buffer;
  private boolean unflushed;
  private boolean closing;
  private long appended;
  private long handedOver;

  ChannelConnection(Channel channel, ChannelFigures figures) {
    this.channel = channel;
    this.figures = figures;
  }

  void authenticated(Message.Hello as) {
    peer = as;
  }

  @Override
  public Message.Hello peer() {
    return peer;
  }

  @Override
  public void send(long correlation, Message message) {
    Loops.checkOn(channel.eventLoop());
    if (!isOpen()) {
      return;
    }
    if (!hasRoom()) {
      LOG.warn(
          "{} reads too slowly; closing its channel", Handshake.name(peer.role(), peer.node()));
      figures.overflowed().increment();
      closing = true;
      channel.close();
      return;
    }
    append(correlation, message);
  }

  /** Whether the output is within its bound. */
  boolean hasRoom() {
    return channel.isWritable();
  }

  /** As send, on a channel that is open and has room. */
  void append(long correlation, Message message) {
    if (buffer == null) {
      buffer = channel.alloc().ioBuffer(BUFFER_BYTES);
    }
    MessageCodec.encode(correlation, message, buffer);
    appended++;
    if (buffer.readableBytes() >= BUFFER_BYTES_ENOUGH) {
      handOver();
    }
  }

  /** How many messages were appended so far. */
  long appended() {
    return appended;
  }

  /** How many of them may have left: the ones behind surely have not. */
  long handedOver() {
    return handedOver;
  }

  private void handOver() {
    ByteBuf full = buffer;
    buffer = null;
    handedOver = appended;
    unflushed = true;
    channel.write(full, channel.voidPromise());
  }

  @Override
  public void flush() {
    Loops.checkOn(channel.eventLoop());
    if (closing) {
      return;
    }
    if (buffer != null && buffer.isReadable()) {
      handOver();
    }
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  @Override
  public void close() {
    Loops.checkOn(channel.eventLoop());
    if (!closing) {
      flush();
      closing = true;
      channel.close();
    }
  }

  @Override
  public boolean isOpen() {
    return !closing && channel.isActive();
  }

  /** Gives back what was never handed to the channel; once the channel is closed. */
  void release() {
    closing = true;
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }
}
