package org.stockbazaar.protocol.channel;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

/** An event loop with a server and clients on loopback, and what they saw. */
final class Rig implements AutoCloseable {
  static final Stock STOCK = new Stock("GameStart", 1599, 100, 0, 0, 1);
  static final Identity CATALOG = identity(Role.CATALOG, 1, 7);
  static final Identity GATEWAY = identity(Role.GATEWAY, 1, 7);
  static final long FOREVER_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Transport transport = Transport.open("test");
  final Metrics metrics = new Metrics();
  final ChannelFigures figures = ChannelFigures.of(metrics);
  final List<Serving> sessions = new ArrayList<>();

  static Identity identity(Role role, int node, int secretByte) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) secretByte);
    return new Identity(role, node, 1, ClusterSecret.of(secret), List.of());
  }

  static ChannelLimits limits(long handshakeNanos, int inFlightMax, int outputBytesMax) {
    return new ChannelLimits(handshakeNanos, inFlightMax, outputBytesMax, 100);
  }

  HostPort serve() {
    return serve(0, ChannelLimits.DEFAULT).start();
  }

  FrameServer serve(int port, ChannelLimits limits) {
    return new FrameServer(
        transport, CATALOG, new HostPort("127.0.0.1", port), this::accept, limits, metrics);
  }

  /**
   * The first free port of a range of this process's own, below the ports that the system hands
   * out: nobody takes it while a server restarts.
   */
  static int freePort() throws IOException {
    int first = 10_000 + (int) (ProcessHandle.current().pid() % 200) * 100;
    for (int port = first; port < first + 100; port++) {
      try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (BindException taken) {
        // The next one.
      }
    }
    throw new IOException("no free port from " + first);
  }

  private Session accept(Connection connection) {
    var session = new Serving(connection);
    sessions.add(session);
    return session;
  }

  FrameClient client(Identity self, HostPort to, Listening listening) {
    return client(self, to, listening, ChannelLimits.DEFAULT);
  }

  FrameClient client(Identity self, HostPort to, Listening listening, ChannelLimits limits) {
    var client = new FrameClient(transport, self, Role.CATALOG, 1, to, listening, limits, metrics);
    listening.client = client;
    client.start();
    return client;
  }

  /** Reads state, or does something, on the loop. */
  <T> T on(Callable<T> task) throws Exception {
    return transport.loop().submit(task).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  void run(Runnable task) throws Exception {
    transport.loop().submit(task).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!on(condition)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("in vain: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @Override
  public void close() {
    transport.close();
  }

  /** A session that looks stocks up, never finds orders, and closes when a gateway leaves. */
  static final class Serving implements Session {
    final Connection connection;
    final List<Message> received = new ArrayList<>();
    int closed;

    Serving(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void received(long correlation, Message message) {
      received.add(message);
      if (message instanceof Message.Lookup) {
        connection.send(correlation, new Message.Found(STOCK));
      } else if (message instanceof Message.Leave) {
        connection.close();
      }
    }

    @Override
    public void readComplete() {
      connection.flush();
    }

    @Override
    public void closed() {
      closed++;
    }
  }

  /** A client's listener that remembers and answers a Drop. */
  static final class Listening implements Client.Listener {
    final List<String> heard = new ArrayList<>();
    FrameClient client;

    @Override
    public void opened(Message.Hello hello) {
      heard.add("opened " + Handshake.name(hello.role(), hello.node()));
    }

    @Override
    public void received(long correlation, Message message) {
      heard.add("received " + message);
      if (message instanceof Message.Drop) {
        client.connection().send(correlation, new Message.Dropped());
        client.flush();
      }
    }

    @Override
    public void readComplete() {
      // Tests say themselves when calls are flushed.
    }

    @Override
    public void closed() {
      heard.add("closed");
    }
  }

  /** Remembers the ends of calls. */
  static final class Ends implements ReplyHandler {
    final List<Object> ends = new ArrayList<>();

    @Override
    public void replied(Message reply) {
      ends.add(reply);
    }

    @Override
    public void lost(boolean sent) {
      ends.add(sent ? "lost, maybe sent" : "lost, never sent");
    }
  }
}
