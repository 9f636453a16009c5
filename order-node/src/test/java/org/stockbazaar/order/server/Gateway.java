package org.stockbazaar.order.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
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
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/** A test's channel to an order node: asks and waits, a minute at most. */
final class Gateway implements Client.Listener {
  private static final long SECONDS_MAX = 60;

  private final Transport transport;
  private final FrameClient client;
  private final CompletableFuture<Void> open = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  Gateway(Transport transport, ClusterSecret secret, int node, HostPort order) {
    this.transport = transport;
    var self = new Identity(Role.GATEWAY, 1, 1, secret, List.of());
    client =
        new FrameClient(
            transport, self, Role.ORDER, node, order, this, ChannelLimits.DEFAULT, new Metrics());
    client.start();
    get(open);
  }

  /** The reply, or null when the request was lost. */
  Message ask(Message request) {
    return get(asked(request));
  }

  CompletableFuture<Message> asked(Message request) {
    var reply = new CompletableFuture<Message>();
    transport.loop().execute(() -> call(request, reply));
    return reply;
  }

  private void call(Message request, CompletableFuture<Message> reply) {
    var handler =
        new ReplyHandler() {
          @Override
          public void replied(Message message) {
            reply.complete(message);
          }

          @Override
          public void lost(boolean sent) {
            reply.complete(null);
          }
        };
    client.call(request, TimeUnit.SECONDS.toNanos(SECONDS_MAX), handler);
    client.flush();
  }

  void awaitClosed() {
    get(closed);
  }

  void close() {
    client.close();
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(SECONDS_MAX, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("nothing came within " + SECONDS_MAX + " s", e);
    }
  }

  @Override
  public void opened(Message.Hello hello) {
    open.complete(null);
  }

  @Override
  public void received(long correlation, Message message) {}

  @Override
  public void readComplete() {}

  @Override
  public void closed() {
    closed.complete(null);
  }
}
