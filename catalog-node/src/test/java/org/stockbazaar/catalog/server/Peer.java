package org.stockbazaar.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.FrameClient;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Hello;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/** Any node that talks to the catalog over a real channel, at the pace of the test. */
final class Peer {
  private static final long SECONDS_MAX = 60;

  private final Transport transport;
  private final FrameClient client;
  private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> open = new CompletableFuture<>();

  /** What the catalog sent on its own. */
  record Push(long correlation, Message message) {}

  private Peer(Transport transport, ClusterSecret secret, Role role, int node, HostPort catalog) {
    this.transport = transport;
    client =
        new FrameClient(
            transport,
            new Identity(role, node, 1, secret, List.of()),
            Role.CATALOG,
            Identity.CATALOG_NODE,
            catalog,
            new Listener(),
            ChannelLimits.DEFAULT,
            new Metrics());
  }

  static Peer open(Transport transport, ClusterSecret secret, Role role, int node, HostPort catalog)
      throws Exception {
    var peer = new Peer(transport, secret, role, node, catalog);
    peer.client.start();
    peer.open.get(SECONDS_MAX, TimeUnit.SECONDS);
    return peer;
  }

  private final class Listener implements Client.Listener {
    @Override
    public void opened(Hello hello) {
      open.complete(null);
    }

    @Override
    public void received(long correlation, Message message) {
      pushes.add(new Push(correlation, message));
    }

    @Override
    public void readComplete() {}

    @Override
    public void closed() {}
  }

  /** Begins a call. */
  CompletableFuture<Message> call(Message request) {
    var reply = new CompletableFuture<Message>();
    var handler =
        new ReplyHandler() {
          @Override
          public void replied(Message message) {
            reply.complete(message);
          }

          @Override
          public void lost(boolean sent) {
            reply.completeExceptionally(new IllegalStateException("lost: " + request));
          }
        };
    transport
        .loop()
        .execute(
            () -> {
              client.call(request, TimeUnit.SECONDS.toNanos(SECONDS_MAX), handler);
              client.flush();
            });
    return reply;
  }

  /** Makes a call and waits for its reply. */
  Message ask(Message request) throws Exception {
    return call(request).get(SECONDS_MAX, TimeUnit.SECONDS);
  }

  /** Sends a message, one-way or in answer to a push. */
  void send(long correlation, Message message) {
    transport
        .loop()
        .execute(
            () -> {
              client.connection().send(correlation, message);
              client.flush();
            });
  }

  /** The next push. */
  Push pushed() throws InterruptedException {
    Push push = pushes.poll(SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(push).as("something that the catalog sends on its own").isNotNull();
    return push;
  }

  /** The next push of this type; others before it are dropped. */
  <T extends Message> T pushed(Class<T> type) throws InterruptedException {
    while (true) {
      Message message = pushed().message();
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  void close() {
    client.close();
  }
}
