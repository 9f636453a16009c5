package org.stockbazaar.protocol.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.frame.MessageType;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * A client over a socket.
 *
 * <pre>
 *   STOPPED ─start▶ CONNECTING ─▶ AUTHENTICATING ─▶ OPEN
 *                        ▲ │             │            │
 *                        │ ▼             ▼            ▼
 *                       WAITING ◀─────────────────────┘    10 ms doubling to 200 ms, jittered
 * </pre>
 */
public final class FrameClient implements Client {
  private static final Logger LOG = LoggerFactory.getLogger(FrameClient.class);
  private static final long BACKOFF_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(40);
  private static final long BACKOFF_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(200);

  /** A channel that was open this long was a good one: the next attempt comes soon. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Deadlines are met this exactly, so that a timer serves many of them. */
  private static final long DEADLINE_GRAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Transport transport;
  private final EventLoop loop;
  private final Identity self;
  private final Handshake.Expected expected;
  private final HostPort peer;
  private final Listener listener;
  private final ChannelLimits limits;
  private final ChannelFigures figures;
  private final String name;
  private final RefusalLog refusals = new RefusalLog();
  private final InFlight inFlight = new InFlight();

  private State state = State.STOPPED;
  private Channel channel;
  private ChannelConnection connection;
  private long openedNanos;
  private long backoffNanos = BACKOFF_NANOS_MIN;
  private boolean timerRuns;
  private long timerNanos;

  /** Where the channel is. */
  public enum State {
    STOPPED,
    CONNECTING,
    AUTHENTICATING,
    OPEN,
    WAITING
  }

  public FrameClient(
      Transport transport,
      Identity self,
      Role expectedRole,
      int expectedNode,
      HostPort peer,
      Listener listener,
      ChannelLimits limits,
      Metrics metrics) {
    this.transport = transport;
    loop = transport.loop();
    this.self = self;
    expected = new Handshake.Expected(expectedRole, expectedNode);
    this.peer = peer;
    this.listener = listener;
    this.limits = limits;
    figures = ChannelFigures.of(metrics);
    name = Handshake.name(expectedRole, expectedNode) + " at " + peer;
  }

  @Override
  public void start() {
    loop.execute(
        () -> {
          if (state == State.STOPPED) {
            connect();
          }
        });
  }

  @Override
  public void close() {
    if (!loop.inEventLoop()) {
      loop.execute(this::close);
      return;
    }
    state = State.STOPPED;
    if (connection != null) {
      connection.close();
    } else if (channel != null) {
      channel.close();
    }
  }

  /** Where the channel is; for readiness and logs. */
  public State state() {
    return state;
  }

  @Override
  public boolean isOpen() {
    return connection != null && connection.isOpen();
  }

  @Override
  public Connection connection() {
    return isOpen() ? connection : null;
  }

  /** How many calls await their reply. */
  public int inFlight() {
    return inFlight.count();
  }

  @Override
  public void call(Message request, long timeoutNanos, ReplyHandler handler) {
    Loops.checkOn(loop);
    if (!isOpen() || !connection.hasRoom() || inFlight.count() >= limits.inFlightMax()) {
      handler.lost(false);
      return;
    }
    long now = System.nanoTime();
    long correlation = inFlight.nextCorrelation();
    connection.append(correlation, request);
    inFlight.add(
        new InFlight.Call(correlation, handler, now + timeoutNanos, connection.appended()));
    checkDeadlinesIn(timeoutNanos, now);
  }

  @Override
  public boolean tell(Message oneWay) {
    Loops.checkOn(loop);
    if (!isOpen() || !connection.hasRoom()) {
      return false;
    }
    connection.append(0, oneWay);
    return true;
  }

  @Override
  public void flush() {
    if (connection != null) {
      connection.flush();
    }
  }

  private void connect() {
    state = State.CONNECTING;
    var link =
        new Link(Handshake.client(self, expected, Link.nonce()), new Attempt(), limits, figures);
    var initializer =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel made) {
            link.install(made);
          }
        };
    ChannelFuture connecting =
        transport.client().handler(initializer).connect(peer.socketAddress());
    channel = connecting.channel();
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            refusals.warn(name, "cannot connect (" + done.cause().getMessage() + ")");
            reconnect();
          } else if (state == State.STOPPED) {
            connecting.channel().close();
          } else if (state == State.CONNECTING) {
            state = State.AUTHENTICATING;
          }
        });
  }

  private void reconnect() {
    if (state == State.STOPPED) {
      return;
    }
    state = State.WAITING;
    long waitNanos = ThreadLocalRandom.current().nextLong(backoffNanos / 2, backoffNanos + 1);
    backoffNanos = Math.min(2 * backoffNanos, BACKOFF_NANOS_MAX);
    loop.schedule(
        () -> {
          if (state == State.WAITING) {
            connect();
          }
        },
        waitNanos,
        TimeUnit.NANOSECONDS);
  }

  /** Makes sure that a timer runs out when a call of this timeout does, or soon after. */
  private void checkDeadlinesIn(long nanos, long nowNanos) {
    long at = nowNanos + nanos + DEADLINE_GRAIN_NANOS;
    if (timerRuns && timerNanos - at <= DEADLINE_GRAIN_NANOS) {
      return;
    }
    timerRuns = true;
    timerNanos = at;
    loop.schedule(() -> checkDeadlines(at), at - nowNanos, TimeUnit.NANOSECONDS);
  }

  private void checkDeadlines(long at) {
    if (timerNanos != at) {
      return;
    }
    timerRuns = false;
    long now = System.nanoTime();
    for (InFlight.Call call : inFlight.removeExpired(now)) {
      call.handler().lost(true);
    }
    if (inFlight.count() > 0) {
      checkDeadlinesIn(inFlight.nanosToFirstDeadline(now), now);
    }
  }

  /** One channel, from its connecting to its end. */
  private final class Attempt implements Link.Owner {
    @Override
    public void opened(ChannelConnection open) {
      if (state == State.STOPPED) {
        open.close();
        return;
      }
      LOG.info("connected to {}", name);
      connection = open;
      openedNanos = System.nanoTime();
      state = State.OPEN;
      listener.opened(open.peer());
    }

    @Override
    public void received(long correlation, Message message) {
      if (connection == null) {
        return;
      }
      if (correlation == 0 || !MessageType.of(message).isReply()) {
        listener.received(correlation, message);
        return;
      }
      InFlight.Call call = inFlight.remove(correlation);
      if (call == null) {
        figures.late().increment();
      } else {
        call.handler().replied(message);
      }
    }

    @Override
    public void readComplete() {
      if (connection != null) {
        listener.readComplete();
      }
    }

    @Override
    public void malformed(String reason) {
      refusals.warn(name, "it sent a malformed frame: " + reason);
    }

    @Override
    public void closed() {
      if (connection == null) {
        return;
      }
      LOG.info("the channel to {} closed", name);
      long handedOver = connection.handedOver();
      connection = null;
      if (System.nanoTime() - openedNanos >= STEADY_NANOS) {
        backoffNanos = BACKOFF_NANOS_MIN;
      }
      // Calls made by those that hear of it are lost at once, and not among these.
      var lost = inFlight.removeAll();
      reconnect();
      listener.closed();
      for (InFlight.Call call : lost) {
        call.handler().lost(call.sequence() <= handedOver);
      }
    }

    @Override
    public void refused(String reason) {
      refusals.warn(name, reason);
      reconnect();
    }
  }
}
