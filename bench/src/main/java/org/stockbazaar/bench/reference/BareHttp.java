package org.stockbazaar.bench.reference;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.stockbazaar.protocol.channel.Transport;

/** The ceiling for lookups: a Netty HTTP server that answers everything with the same bytes. */
final class BareHttp {
  private BareHttp() {}

  /** Arguments: port, body of every answer, and its headers: name, value, name, value, … */
  public static void main(String... arguments) throws InterruptedException {
    int port = Integer.parseInt(arguments[0]);
    byte[] bytes = arguments[1].getBytes(StandardCharsets.UTF_8);
    ByteBuf body =
        Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    for (int i = 2; i < arguments.length; i += 2) {
      headers.add(arguments[i], arguments[i + 1]);
    }
    Transport.open("bare")
        .server()
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpServerCodec(), new Answer(headers, body));
              }
            })
        .bind("127.0.0.1", port)
        .sync();
    Bare.listens();
  }

  private static final class Answer extends ChannelInboundHandlerAdapter {
    private final HttpHeaders headers;
    private final ByteBuf body;
    private boolean answered;

    Answer(HttpHeaders headers, ByteBuf body) {
      this.headers = headers;
      this.body = body;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest) {
        context.write(
            new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                body.duplicate(),
                headers,
                EmptyHttpHeaders.INSTANCE));
        answered = true;
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      if (answered) {
        answered = false;
        context.flush();
      }
    }
  }
}
