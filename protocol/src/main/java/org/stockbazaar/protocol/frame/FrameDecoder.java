package org.stockbazaar.protocol.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.stockbazaar.protocol.message.MalformedException;
import org.stockbazaar.protocol.message.Message;

/**
 * Cuts a channel's bytes into frames and hands their messages to a sink, in order. The first
 * malformed frame is the last: the sink hears of it, closes the channel, and nothing behind it is
 * read. This handler owns the incoming buffers and releases them; messages share no memory with
 * them. Belongs to the channel's event loop.
 */
public final class FrameDecoder extends ByteToMessageDecoder {
  private final Sink sink;
  private final PayloadReader reader;
  private int lengthMax = FrameHeader.LENGTH_MAX_UNAUTHENTICATED;
  private boolean malformed;

  /** Takes what a channel receives. */
  public interface Sink {
    /** One message; {@code correlation} 0 means one-way. */
    void received(long correlation, Message message);

    /** What came is no frame; nothing more will be received. Closes the channel. */
    void malformed(MalformedException reason);
  }

  public FrameDecoder(Sink sink) {
    this(sink, new PayloadReader());
  }

  FrameDecoder(Sink sink, PayloadReader reader) {
    this.sink = sink;
    this.reader = reader;
  }

  /** From now on frames may be as long as an authenticated peer's. */
  public void authenticated() {
    lengthMax = FrameHeader.LENGTH_MAX;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (malformed || !ctx.channel().isActive()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < FrameHeader.LENGTH_BYTES) {
      return;
    }
    long correlation;
    Message message;
    try {
      int start = in.readerIndex();
      long length = in.getUnsignedInt(start);
      if (length < FrameHeader.LENGTH_MIN || length > lengthMax) {
        throw new MalformedException(
            "a frame's length is " + FrameHeader.LENGTH_MIN + " to " + lengthMax + "; " + length);
      }
      if (in.readableBytes() < FrameHeader.LENGTH_BYTES + length) {
        return;
      }
      correlation = in.getLong(start + FrameHeader.BYTES - Long.BYTES);
      in.skipBytes(FrameHeader.LENGTH_BYTES);
      message = MessageCodec.decode(in, in.readerIndex() + (int) length, reader);
    } catch (MalformedException e) {
      malformed = true;
      in.skipBytes(in.readableBytes());
      sink.malformed(e);
      return;
    }
    sink.received(correlation, message);
  }
}
