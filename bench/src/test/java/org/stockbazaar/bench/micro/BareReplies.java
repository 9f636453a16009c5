package org.stockbazaar.bench.micro;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Gives every request the same reply, at the least that Netty's codec costs. */
final class BareReplies extends ChannelInboundHandlerAdapter {
  private final HttpHeaders headers;
  private final byte[] body;

  private BareReplies(HttpHeaders headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  /** What answers each request with this. */
  static BareReplies of(String reply) {
    int end = reply.indexOf("\r\n\r\n");
    List<String> lines = reply.substring(0, end).lines().skip(1).toList();
    var pairs = new ArrayList<CharSequence>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      pairs.add(AsciiString.cached(line.substring(0, colon)));
      pairs.add(AsciiString.cached(line.substring(colon + 2)));
    }
    var headers = new ReadOnlyHttpHeaders(false, pairs.toArray(new CharSequence[0]));
    return new BareReplies(headers, reply.substring(end + 4).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof LastHttpContent) {
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              Unpooled.wrappedBuffer(body),
              headers,
              EmptyHttpHeaders.INSTANCE);
      context.write(response, context.voidPromise());
    }
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }
}
