package org.stockbazaar.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.ClusterState;
import org.stockbazaar.bench.cluster.NodePlan;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.FrameClient;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.channel.Turns;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * The leading order node, asked in frames over one channel: each lane is a request in flight.
 *
 * @param node its number
 * @param address where it listens for frames
 * @param secret of its cluster
 * @param epoch the one that it leads in
 * @param stocks names of its stocks, at least one
 * @param orders how many orders it has, from number 0 on
 */
public record FrameTarget(
    int node, HostPort address, ClusterSecret secret, long epoch, List<String> stocks, long orders)
    implements Target {
  private static final long CONNECT_SECONDS_MAX = 5;
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * The one that leads this system; {@link FailedException} when none does.
   *
   * @param stocks names of its stocks, at least one
   * @param orders how many orders it has, from number 0 on
   */
  public static FrameTarget leader(Cluster cluster, List<String> stocks, long orders) {
    ClusterState state = cluster.stateWithLeader();
    NodePlan node = cluster.node(state.leader());
    return new FrameTarget(
        node.node(),
        node.address(),
        ClusterSecret.load(cluster.layout().secret()),
        state.process(state.leader()).epoch(),
        stocks,
        orders);
  }

  @Override
  public List<Lane> open(int lanes, Choice choice, Lane.Run run, Transport transport) {
    return new Channel(choice, transport).open(lanes, run);
  }

  private static int status(Message reply) {
    if (!(reply instanceof Failed failed)) {
      return 200;
    }
    return switch (failed.status()) {
      case REFUSED -> 409;
      case NOT_FOUND -> 404;
      default -> 503;
    };
  }

  /** The one channel. */
  private final class Channel implements Client.Listener {
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final Choice choice;
    private final FrameClient client;
    private final Turns turns;
    private final long keyHigh;
    private long keyLow;
    private boolean closing;

    Channel(Choice choice, Transport transport) {
      this.choice = choice;
      keyHigh = choice.keys();
      // Nothing of a tool outlives it, so any number that grows will do as its incarnation.
      long incarnation = System.currentTimeMillis();
      var self = new Identity(Role.TOOL, 1, incarnation, secret, List.of());
      var limits = ChannelLimits.DEFAULT;
      client =
          new FrameClient(transport, self, Role.ORDER, node, address, this, limits, new Metrics());
      turns = new Turns(transport.loop(), client::flush);
    }

    List<Lane> open(int count, Lane.Run run) {
      for (int i = 0; i < count; i++) {
        lanes.add(new Flight(run));
      }
      client.start();
      try {
        opened.get(CONNECT_SECONDS_MAX, TimeUnit.SECONDS);
        return lanes;
      } catch (TimeoutException | ExecutionException e) {
        throw new FailedException(
            "order-" + node + " does not answer on " + address + "; see 'bazaar status'", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FailedException("interrupted", e);
      }
    }

    Message message(RequestKind kind) {
      return switch (kind) {
        case TRADE -> {
          Side side = choice.sells() ? Side.SELL : Side.BUY;
          String stock = stocks.get(choice.among(stocks.size()));
          yield new Trade(epoch, new Key(keyHigh, ++keyLow), side, 1, stock);
        }
        case ORDER_LOOKUP -> new FindOrder(choice.among(orders));
        case LOOKUP -> throw new FailedException("order nodes answer no lookups of stocks");
      };
    }

    @Override
    public void opened(Message.Hello hello) {
      opened.complete(null);
    }

    @Override
    public void received(long correlation, Message message) {
      // Order nodes push nothing to tools.
    }

    @Override
    public void readComplete() {
      client.flush();
    }

    @Override
    public void closed() {
      if (!closing) {
        closing = true;
        client.close();
        lanes.forEach(Lane::broke);
      }
    }

    /** One request in flight. */
    private final class Flight extends Lane implements ReplyHandler {
      Flight(Run run) {
        super(run, choice);
      }

      @Override
      boolean isOpen() {
        return client.isOpen();
      }

      @Override
      void transmit(RequestKind kind) {
        client.call(message(kind), TIMEOUT_NANOS, this);
        turns.request();
      }

      @Override
      void close() {
        closing = true;
        client.close();
      }

      @Override
      public void replied(Message reply) {
        answered(status(reply));
      }

      @Override
      public void lost(boolean sent) {
        if (!closing) {
          answered(503);
        }
      }
    }
  }
}
