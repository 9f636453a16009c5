package org.stockbazaar.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.ProtocolException;
import org.stockbazaar.bench.session.RequestKind;

/** A keep-alive HTTP session. */
final class HttpLane extends Lane {
  private final HttpRequests requests;
  private final Replies replies = new Replies();
  private Channel channel;
  private ByteBuf rest;

  HttpLane(Run run, Choice choice, HttpRequests requests) {
    super(run, choice);
    this.requests = requests;
  }

  @Override
  boolean isOpen() {
    return channel != null && channel.isActive();
  }

  @Override
  void transmit(RequestKind what) {
    channel.writeAndFlush(requests.any(what), channel.voidPromise());
  }

  @Override
  void close() {
    if (channel != null) {
      channel.close();
    }
  }

  /** What its channel is to have at its end. */
  ChannelInboundHandlerAdapter handler() {
    return new Handler();
  }

  private void take(ByteBuf bytes) throws ProtocolException {
    ByteBuf in = bytes;
    if (rest != null) {
      in = rest.writeBytes(bytes);
      bytes.release();
      rest = null;
    }
    try {
      for (int status = replies.take(in); status != 0; status = replies.take(in)) {
        if (!waits) {
          throw new ProtocolException("a reply that nobody asked for");
        }
        answered(status);
      }
      if (in.isReadable()) {
        rest = channel.alloc().buffer().writeBytes(in);
      }
    } finally {
      in.release();
    }
  }

  private final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message)
        throws ProtocolException {
      take((ByteBuf) message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (rest != null) {
        rest.release();
        rest = null;
      }
      broke();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
