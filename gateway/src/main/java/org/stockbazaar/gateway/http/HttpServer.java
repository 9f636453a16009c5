package org.stockbazaar.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * An HTTP/1.1 server of the gateway: holds the sessions, their bounds and their one clock. All on
 * the event loop but {@link #start}.
 */
public final class HttpServer {
  /** Sessions over the bound that may be told so at once; more are closed without a word. */
  private static final int UNWELCOME_MAX = 64;

  /** Heap that bodies may take, of all sessions together. */
  private static final long BODIES_BYTES_MAX = 8L * 1024 * 1024;

  /** Direct memory that replies may take which their clients do not take in, of all together. */
  private static final long UNSENT_BYTES_MAX = 8L * 1024 * 1024;

  /** A session with more unsent bytes than that runs no further request. */
  private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(4 * 1024, 8 * 1024);

  /** Most clients send three or four headers. */
  private static final int HEADER_BUCKETS = 8;

  /** And no trailers. */
  private static final int TRAILER_BUCKETS = 2;

  /**
   * Of each session so much is read at once, and no more while that waits. It holds fewer requests,
   * of which the shortest has 18 bytes, than the codec can have under way: 128.
   */
  private static final int RECEIVE_BYTES = 2 * 1024;

  private static final long TICK_MILLIS_MAX = 250;
  private static final int TICKS_PER_LIMIT = 8;

  private final HttpLimits limits;
  private final LongSupplier clock;
  private final HttpMetrics figures;
  private final Router router;
  private final ReplyHeaders headers;
  private final Rounds rounds = new Rounds();
  private final MalformedHttp malformed;
  private final Incident incident;
  private final HttpDecoderConfig decoding;
  private final Set<HttpSession> sessions = new LinkedHashSet<>();
  private Channel listening;
  private Future<?> ticking;
  private boolean draining;
  private Runnable drained;
  private int requests;
  private long bodiesBytes;
  private final Set<HttpSession> stalled = new LinkedHashSet<>();
  private long unsentBytes;

  /**
   * What clients use.
   *
   * @param clock nanoseconds that only grow
   */
  public HttpServer(
      Market market, Metrics metrics, GatewayStart start, HttpLimits limits, LongSupplier clock) {
    this(
        new MarketRoutes(market, start, metrics),
        new HttpMetrics(metrics, "bazaar_http"),
        new Incident(start),
        limits,
        clock);
  }

  /**
   * @param incident shared by the servers of a gateway, so that ids differ
   * @param clock nanoseconds that only grow
   */
  public HttpServer(
      Routes routes,
      HttpMetrics figures,
      Incident incident,
      HttpLimits limits,
      LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
    this.figures = figures;
    this.incident = incident;
    router = new Router(routes);
    headers = new ReplyHeaders(limits.idleSeconds());
    malformed = new MalformedHttp(limits);
    decoding =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.lineBytesMax())
            .setMaxHeaderSize(limits.headerBytesMax())
            .setHeadersFactory(new BoundedHeaders.Factory(HEADER_BUCKETS))
            .setTrailersFactory(new BoundedHeaders.Factory(TRAILER_BUCKETS));
    figures.show(sessions::size, () -> requests);
  }

  /**
   * Listens; returns the address, with the port that was taken. Not to be called on the loop.
   * {@link FailedException} when the port is busy.
   *
   * @param option the one that chooses the address
   */
  public HostPort start(Transport transport, HostPort address, String option) {
    var bound =
        transport
            .server()
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(RECEIVE_BYTES).maxMessagesPerRead(1))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    open(channel);
                  }
                })
            .bind(address.socketAddress());
    bound.awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new FailedException(
          "cannot listen on "
              + address
              + " ("
              + bound.cause().getMessage()
              + "); stop what uses the port, or choose another with "
              + option);
    }
    listening = bound.channel();
    EventLoop loop = transport.loop();
    long period = Math.min(TICK_MILLIS_MAX, Math.max(10, shortestMillis() / TICKS_PER_LIMIT));
    ticking = loop.scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
    return new HostPort(address.host(), ((InetSocketAddress) listening.localAddress()).getPort());
  }

  private long shortestMillis() {
    long nanos = Math.min(limits.idleNanos(), limits.readNanos());
    nanos = Math.min(nanos, Math.min(limits.writeNanos(), limits.lingerNanos()));
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** Begins a session on {@code channel}, or turns it away when there are too many. */
  void open(Channel channel) {
    int over = sessions.size() - limits.sessionsMax();
    if (over >= UNWELCOME_MAX) {
      channel.close();
      return;
    }
    var session = new HttpSession(this, limits, over >= 0);
    sessions.add(session);
    channel.config().setWriteBufferWaterMark(UNSENT);
    channel.pipeline().addLast(session.intake(), new HttpServerCodec(decoding), session);
    if (draining) {
      session.drain(clock.getAsLong());
    }
  }

  void ended(HttpSession session) {
    sessions.remove(session);
    tellDrained();
  }

  /** Looks after deadlines; called a few times a second. What was read in time is in time. */
  void tick() {
    rounds.run();
    if (!sessions.isEmpty()) {
      long now = clock.getAsLong();
      for (HttpSession session : new ArrayList<>(sessions)) {
        session.tick(now);
      }
    }
  }

  /**
   * Accepts nothing new, answers what was accepted and tells each client that its session ends;
   * then calls {@code done}, once.
   */
  public void drain(Runnable done) {
    drained = done;
    draining = true;
    if (listening != null) {
      listening.close();
    }
    long now = clock.getAsLong();
    for (HttpSession session : new ArrayList<>(sessions)) {
      session.drain(now);
    }
    tellDrained();
  }

  private void tellDrained() {
    if (drained != null && sessions.isEmpty()) {
      Runnable done = drained;
      drained = null;
      if (ticking != null) {
        ticking.cancel(false);
      }
      done.run();
    }
  }

  boolean isDraining() {
    return draining;
  }

  /** Takes one of the places of requests that wait for the market; false when all are taken. */
  boolean admit() {
    if (requests >= limits.requestsMax()) {
      return false;
    }
    requests++;
    return true;
  }

  void release() {
    requests--;
  }

  /** Counts heap that bodies take, or give back. */
  void hold(int bytes) {
    bodiesBytes += bytes;
  }

  boolean holdsTooMuch() {
    return bodiesBytes > BODIES_BYTES_MAX;
  }

  /**
   * The client does not take its replies in; who has not for longest gives way to the others.
   *
   * @param bytes that have become unsent
   */
  void stalled(HttpSession session, long bytes) {
    stalled.add(session);
    unsentBytes += bytes;
    while (unsentBytes > UNSENT_BYTES_MAX) {
      stalled.iterator().next().cut();
    }
  }

  void takesIn(HttpSession session, long bytes) {
    stalled.remove(session);
    unsentBytes -= bytes;
  }

  String incident(String what, Throwable cause) {
    return incident.report(what, cause);
  }

  long nowNanos() {
    return clock.getAsLong();
  }

  Router router() {
    return router;
  }

  Rounds rounds() {
    return rounds;
  }

  ReplyHeaders headers() {
    return headers;
  }

  MalformedHttp malformed() {
    return malformed;
  }

  HttpMetrics figures() {
    return figures;
  }
}
