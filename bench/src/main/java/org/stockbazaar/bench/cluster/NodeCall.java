package org.stockbazaar.bench.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.FrameClient;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/** A short visit to a node: an authenticated channel for a few requests. Blocking. */
public final class NodeCall implements AutoCloseable {
  private static final long CONNECT_MILLIS_MAX = 5_000;

  private final String node;
  private final HostPort address;
  private final Transport transport = Transport.open("tool");
  private final CompletableFuture<Message.Hello> opened = new CompletableFuture<>();
  private final FrameClient client;

  /** {@link FailedException} when the catalog or order node does not let us in. */
  public NodeCall(Layout layout, NodePlan plan) {
    node = plan.name();
    address = plan.address();
    // Nothing of a tool outlives it, so any number that grows will do as its incarnation.
    long incarnation = System.currentTimeMillis();
    var self =
        new Identity(Role.TOOL, 1, incarnation, ClusterSecret.load(layout.secret()), List.of());
    client =
        new FrameClient(
            transport,
            self,
            plan.kind() == Kind.CATALOG ? Role.CATALOG : Role.ORDER,
            plan.node(),
            address,
            new Opening(),
            ChannelLimits.DEFAULT,
            new Metrics());
    client.start();
    try {
      opened.get(CONNECT_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      close();
      throw new FailedException(
          node + " does not answer on " + address + "; see 'bazaar status'", e);
    } catch (InterruptedException | ExecutionException e) {
      close();
      throw broken(e);
    }
  }

  /** Asks and waits; {@link FailedException} when there is no answer or a refusal. */
  public Message ask(Message request, long timeoutMillis) {
    Message reply = call(request, timeoutMillis);
    if (reply instanceof Message.Failed failed) {
      throw new FailedException(
          node + " refused: " + failed.status() + " " + failed.reason() + " " + failed.detail());
    }
    return reply;
  }

  /** Asks and waits for the answer, a refusal too; {@link FailedException} when there is none. */
  public Message call(Message request, long timeoutMillis) {
    var answer = new CompletableFuture<Message>();
    transport
        .loop()
        .execute(
            () -> {
              client.call(request, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), handler(answer));
              client.flush();
            });
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw broken(e);
    }
  }

  private FailedException broken(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    String why = e.getCause() == null ? "interrupted" : e.getCause().getMessage();
    return new FailedException("the call to " + node + " on " + address + " failed: " + why, e);
  }

  private static ReplyHandler handler(CompletableFuture<Message> answer) {
    return new ReplyHandler() {
      @Override
      public void replied(Message reply) {
        answer.complete(reply);
      }

      @Override
      public void lost(boolean sent) {
        answer.completeExceptionally(
            new IllegalStateException(
                sent ? "no answer; it may have been carried out" : "the channel closed"));
      }
    };
  }

  @Override
  public void close() {
    client.close();
    transport.close();
  }

  private final class Opening implements Client.Listener {
    @Override
    public void opened(Message.Hello hello) {
      opened.complete(hello);
    }

    @Override
    public void received(long correlation, Message message) {
      // Nodes push nothing to tools.
    }

    @Override
    public void readComplete() {
      client.flush();
    }

    @Override
    public void closed() {
      // The calls in flight hear of it.
    }
  }
}
