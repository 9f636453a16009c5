package org.stockbazaar.protocol.process;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * A node's health for operators and probes: {@code GET /livez}, {@code /readyz} (503 names what is
 * missing) and {@code /metrics}. One request a connection. Runs on the node's event loop, so that
 * an answer shows that the loop is alive.
 */
public final class HealthServer {
  private static final int REQUEST_BYTES_MAX = 8 * 1024;
  private static final int READ_SECONDS_MAX = 5;

  private final Transport transport;
  private final Metrics metrics;
  private final Readiness readiness;
  private Channel channel;

  public HealthServer(Transport transport, Metrics metrics, Readiness readiness) {
    this.transport = transport;
    this.metrics = metrics;
    this.readiness = readiness;
  }

  /**
   * Listens; returns the address, with the port that was taken. Not to be called on the loop.
   * {@link FailedException} when the port is busy.
   */
  public HostPort start(HostPort address) {
    var bound = transport.server().childHandler(initializer()).bind(address.socketAddress());
    bound.awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new FailedException(
          "cannot listen on "
              + address
              + " ("
              + bound.cause().getMessage()
              + "); choose another"
              + " --http-port");
    }
    channel = bound.channel();
    return new HostPort(address.host(), ((InetSocketAddress) channel.localAddress()).getPort());
  }

  /** Listens no more. */
  public void close() {
    if (channel != null) {
      channel.close();
    }
  }

  private ChannelInitializer<SocketChannel> initializer() {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel socket) {
        socket
            .pipeline()
            .addLast(
                new ReadTimeoutHandler(READ_SECONDS_MAX),
                new HttpServerCodec(),
                new HttpObjectAggregator(REQUEST_BYTES_MAX),
                new Answers());
      }
    };
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.decoderResult().isFailure() || !request.method().equals(HttpMethod.GET)) {
        answer(context, HttpResponseStatus.BAD_REQUEST, "GET /livez, /readyz or /metrics\n");
        return;
      }
      switch (request.uri()) {
        case "/livez" -> answer(context, HttpResponseStatus.OK, "live\n");
        case "/readyz" -> ready(context);
        case "/metrics" -> answer(context, HttpResponseStatus.OK, metrics.text());
        default ->
            answer(context, HttpResponseStatus.NOT_FOUND, "GET /livez, /readyz or /metrics\n");
      }
    }

    private void ready(ChannelHandlerContext context) {
      List<String> missing = readiness.missing();
      if (missing.isEmpty()) {
        answer(context, HttpResponseStatus.OK, "ready\n");
      } else {
        answer(
            context,
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "not ready: " + String.join(", ", missing) + "\n");
      }
    }

    private void answer(ChannelHandlerContext context, HttpResponseStatus status, String text) {
      var content = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
      var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
          .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
          .set(HttpHeaderNames.CONNECTION, "close");
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A client that went away or was too slow: nothing is lost with it.
      context.close();
    }
  }
}
