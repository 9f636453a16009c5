package org.stockbazaar.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;

/** The client's end of a session in memory: the same request again and again. */
final class HttpWire {
  private final EmbeddedChannel channel;
  private final ByteBuf request;

  HttpWire(EmbeddedChannel channel, String request) {
    this.channel = channel;
    this.request = ByteBufAllocator.DEFAULT.directBuffer(request.length());
    this.request.writeCharSequence(request, StandardCharsets.US_ASCII);
  }

  /** Sends the request as one read of a socket would; what comes back waits in the channel. */
  void send() {
    channel.pipeline().fireChannelRead(request.readerIndex(0).retain());
    channel.pipeline().fireChannelReadComplete();
    channel.runPendingTasks();
  }

  /** Sends the request and throws its reply away; returns how many bytes that had. */
  int ask() {
    send();
    int bytes = 0;
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      bytes += part.readableBytes();
      part.release();
    }
    return bytes;
  }

  /** Sends the request; returns its reply. */
  String reply() {
    send();
    var reply = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      reply.append(part.toString(StandardCharsets.US_ASCII));
      part.release();
    }
    return reply.toString();
  }

  void close() {
    channel.finishAndReleaseAll();
    request.release();
  }
}
