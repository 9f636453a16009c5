package org.stockbazaar.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.invariant.InvariantError;
import org.stockbazaar.protocol.process.NodeProcess;

/**
 * One client's session: its requests run and are answered one after the other, in their order. On
 * the event loop.
 *
 * <pre>
 *            first byte           last byte            reply
 *   REQUEST ───────────▶ REST ───────────▶ MARKET ───────────▶ REQUEST
 *      │ idle              │ 408                       │ last reply
 *      └───────────────────┴───────────▶ END ◀─────────┘   write, half-close, read a little, close
 * </pre>
 */
final class HttpSession extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpSession.class);

  /** What the session waits for; each but MARKET has a deadline. */
  private enum Waiting {
    REQUEST,
    REST,
    MARKET,
    END
  }

  private final HttpServer server;
  private final HttpLimits limits;
  private final boolean unwelcome;
  private final Intake intake;
  private final ArrayDeque<Request> pending = new ArrayDeque<>(2);
  private ChannelHandlerContext context;
  private Channel channel;
  private Waiting waiting = Waiting.REQUEST;
  private long nowNanos;
  private long deadlineNanos;
  private Assembly assembly;
  private boolean unreadable;
  private boolean continueDue;
  private Exchange current;
  private boolean running;
  private boolean inputEnded;
  private boolean unflushed;
  private boolean stalled;
  private long stalledNanos;
  private long unsentBytes;
  private ChannelFuture lastWrite;

  /**
   * @param unwelcome one session too many: it is told so, and closed
   */
  HttpSession(HttpServer server, HttpLimits limits, boolean unwelcome) {
    this.server = server;
    this.limits = limits;
    this.unwelcome = unwelcome;
    intake = new Intake(this, server.rounds());
  }

  Intake intake() {
    return intake;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    channel = context.channel();
    nowNanos = server.nowNanos();
    deadlineNanos = nowNanos + limits.idleNanos();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (unwelcome) {
      refuse(
          new RefusedException(
              HttpResponseStatus.SERVICE_UNAVAILABLE, "overloaded: too many sessions"));
    }
  }

  // ---- bytes in --------------------------------------------------------------------------------

  /** Bytes of a request are about to be decoded. */
  void received() {
    nowNanos = server.nowNanos();
    if (waiting == Waiting.REQUEST) {
      await(Waiting.REST, limits.readNanos());
    }
  }

  /** Whether the next request has to wait. */
  boolean isBusy() {
    return current != null || !pending.isEmpty() || isClosing() || !channel.isWritable();
  }

  boolean isClosing() {
    return waiting == Waiting.END;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (isClosing() || unreadable) {
        return;
      }
      if (message instanceof HttpRequest head) {
        begin(head);
      }
      if (message instanceof HttpContent content && !unreadable && assembly != null) {
        add(content);
      }
    } catch (RefusedException refusal) {
      refuse(refusal);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(HttpRequest head) throws RefusedException {
    if (head.decoderResult().isFailure()) {
      throw server.malformed().head(head.decoderResult().cause());
    }
    assembly = new Assembly(head, limits.bodyBytesMax());
    if (assembly.waitsForContinue()) {
      continueDue = true;
      tellContinue();
    }
  }

  private void add(HttpContent content) throws RefusedException {
    if (content.decoderResult().isFailure()) {
      throw server.malformed().body(content.decoderResult().cause());
    }
    int before = assembly.bodyBytes();
    assembly.add(content.content(), content instanceof LastHttpContent);
    server.hold(assembly.bodyBytes() - before);
    if (content instanceof LastHttpContent) {
      Request request = assembly.complete();
      dropAssembly();
      accept(request);
    } else if (server.holdsTooMuch()) {
      throw new RefusedException(
          HttpResponseStatus.SERVICE_UNAVAILABLE, "overloaded: too many bodies at once");
    }
  }

  private void dropAssembly() {
    if (assembly != null) {
      server.hold(-assembly.bodyBytes());
      assembly = null;
    }
    continueDue = false;
  }

  /** The rest of the input makes no sense any more: answers so, in its turn, and then ends. */
  private void refuse(RefusedException refusal) {
    dropAssembly();
    unreadable = true;
    accept(new Request(HttpMethod.GET, "", EmptyHttpHeaders.INSTANCE, null, false, refusal));
  }

  /** RFC 9110, 10.1.1; not before the requests before it are answered. */
  private void tellContinue() {
    if (continueDue && current == null && pending.isEmpty()) {
      continueDue = false;
      var response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
      context.writeAndFlush(response, channel.voidPromise());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof ChannelInputShutdownEvent)) {
      return;
    }
    inputEnded = true;
    if (isClosing()) {
      if (lastWrite != null && lastWrite.isDone()) {
        channel.close();
      }
    } else if (!unreadable && (assembly != null || waiting == Waiting.REST)) {
      refuse(MalformedHttp.endedEarly());
    } else if (current == null && pending.isEmpty()) {
      end(null);
    }
  }

  private boolean hasInputEnded() {
    return inputEnded || intake.hasEnded();
  }

  // ---- requests, one after the other -----------------------------------------------------------

  private void accept(Request request) {
    pending.add(request);
    next();
  }

  private void next() {
    if (running) {
      return;
    }
    running = true;
    while (current == null && !pending.isEmpty() && !isClosing() && channel.isWritable()) {
      run(pending.poll());
    }
    running = false;
    if (current == null && pending.isEmpty() && !isClosing()) {
      tellContinue();
      intake.resume();
    }
  }

  private void run(Request request) {
    waiting = Waiting.MARKET;
    var exchange = new Exchange(this, server, request, nowNanos);
    current = exchange;
    if (request.refusal() != null) {
      exchange.refuse(request.refusal());
      return;
    }
    try {
      server.router().handle(request, exchange);
    } catch (RefusedException refusal) {
      exchange.refuse(refusal);
    } catch (RuntimeException e) {
      if (exchange.isAnswered()) {
        server.incident("after the reply", e);
      } else {
        exchange.fault("unexpected", e);
      }
    }
  }

  /** The request that runs has its reply. */
  void replied(Exchange exchange, Reply reply, long now) {
    if (!channel.isOpen()) {
      return;
    }
    Invariant.check(current == exchange, "the reply is to the running request", reply.status());
    current = null;
    nowNanos = now;
    boolean last = pending.isEmpty() && (hasInputEnded() || server.isDraining());
    boolean keepAlive = exchange.request().keepAlive() && !last;
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            reply.status(),
            Unpooled.wrappedBuffer(reply.body()),
            server.headers().of(reply, keepAlive),
            EmptyHttpHeaders.INSTANCE);
    server.figures().replied(reply.status());
    if (!keepAlive) {
      end(response);
      return;
    }
    context.write(response, channel.voidPromise());
    countUnsent();
    unflushed = true;
    if (assembly == null) {
      await(Waiting.REQUEST, limits.idleNanos());
    } else {
      await(Waiting.REST, limits.readNanos());
    }
    if (!intake.isFeeding() || !channel.isWritable()) {
      flush();
    }
    next();
  }

  /** Has the replies sent, in their turn. */
  void flush() {
    if (unflushed) {
      unflushed = false;
      server.rounds().wrote(context);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      takesIn();
      next();
    } else if (!stalled && (lastWrite == null || !lastWrite.isDone())) {
      // Behind the last write nothing is left: it half-closed, and nothing is writable any more.
      stalled = true;
      stalledNanos = nowNanos;
      unsentBytes = 0;
      countUnsent();
    }
  }

  /** Of a reply the head may have been the first that was too much, and the body comes now. */
  private void countUnsent() {
    if (stalled && channel.isOpen()) {
      long before = unsentBytes;
      unsentBytes = channel.bytesBeforeWritable();
      server.stalled(this, unsentBytes - before);
    }
  }

  /** The client takes its replies in, or is gone. */
  private void takesIn() {
    if (stalled) {
      stalled = false;
      server.takesIn(this, unsentBytes);
    }
  }

  // ---- time and the end ------------------------------------------------------------------------

  private void await(Waiting what, long nanos) {
    waiting = what;
    deadlineNanos = nowNanos + nanos;
  }

  /** Looks whether a deadline has passed. */
  void tick(long nowNanos) {
    this.nowNanos = nowNanos;
    boolean late = nowNanos - deadlineNanos >= 0;
    if (isClosing()) {
      if (late) {
        cut();
      }
    } else if (stalled) {
      if (nowNanos - stalledNanos >= limits.writeNanos()) {
        cut();
      }
    } else if (late && waiting == Waiting.REQUEST && server.isDraining()) {
      // Nothing was asked for a while: no reply to wait for.
      channel.close();
    } else if (late && waiting == Waiting.REQUEST) {
      end(null);
    } else if (late && waiting == Waiting.REST) {
      long seconds = TimeUnit.NANOSECONDS.toSeconds(limits.readNanos());
      refuse(
          new RefusedException(
              HttpResponseStatus.REQUEST_TIMEOUT,
              "request: must be complete in " + seconds + " s"));
    }
  }

  /** The server drains: a silent session ends soon, one that speaks gets its answer. */
  void drain(long nowNanos) {
    this.nowNanos = nowNanos;
    if (waiting == Waiting.REQUEST) {
      await(Waiting.REQUEST, limits.drainNanos());
    } else if (waiting == Waiting.REST) {
      await(Waiting.REST, 2 * limits.drainNanos());
    }
  }

  /**
   * Nothing more is written. A close at once could make the client's system throw away what it has
   * not read yet, so: half-close, then read what still comes, for a bounded time and size.
   *
   * @param last the last reply; null without one
   */
  private void end(DefaultFullHttpResponse last) {
    // First: what becomes writable by the last write must run nothing more.
    await(Waiting.END, limits.writeNanos());
    dropAssembly();
    pending.clear();
    lastWrite = last == null ? intake.mark() : context.writeAndFlush(last);
    countUnsent();
    if (!intake.isFeeding()) {
      intake.clear();
    }
    lastWrite.addListener(
        done -> {
          takesIn();
          if (!done.isSuccess() || hasInputEnded() || !(channel instanceof DuplexChannel duplex)) {
            channel.close();
          } else {
            nowNanos = server.nowNanos();
            await(Waiting.END, limits.lingerNanos());
            duplex.shutdownOutput();
          }
        });
  }

  /** Closes without waiting for the client. */
  void cut() {
    takesIn();
    if (channel.isOpen()) {
      server.figures().sessionsCut.increment();
      channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    dropAssembly();
    pending.clear();
    takesIn();
    server.ended(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof InvariantError) {
      NodeProcess.stop("an HTTP session broke an invariant", cause);
    } else if (cause instanceof IOException) {
      LOG.debug("the client is gone", cause);
    } else {
      server.incident("session closed", cause);
    }
    channel.close();
  }
}
