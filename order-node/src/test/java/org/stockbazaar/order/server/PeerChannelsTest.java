package org.stockbazaar.order.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.order.driver.Network;
import org.stockbazaar.order.driver.Parts;
import org.stockbazaar.order.replication.Group;
import org.stockbazaar.order.replication.MemoryBallot;
import org.stockbazaar.order.replication.MemoryLog;
import org.stockbazaar.order.replication.Timing;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.channel.Client;
import org.stockbazaar.protocol.channel.Clients;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.AskEpoch;
import org.stockbazaar.protocol.message.Message.EpochIs;
import org.stockbazaar.protocol.message.Message.Hello;
import org.stockbazaar.protocol.message.Role;

class PeerChannelsTest {
  private final List<Message> told = new ArrayList<>();
  private final Channel channel = new Channel();
  private final MemoryLog log = new MemoryLog();
  private final Driver driver =
      new Driver(
          new Parts(
              new Group(1, List.of(1, 2)), 1, Timing.DEFAULT, log, log::sync, new MemoryBallot()),
          new ToPeers(),
          () -> 0,
          (reason, cause) -> {
            throw new AssertionError(reason, cause);
          },
          0);
  private final PeerChannels peers =
      new PeerChannels(channel, 1, Map.of(2, new HostPort("order-2", 1)), driver);

  private static Hello process(long incarnation) {
    return new Hello(1, 1, 1, Role.ORDER, 2, incarnation, Bytes32.of(new byte[32]), List.of(1, 2));
  }

  private Session accept(long incarnation) {
    return peers.accept(new Accepted(process(incarnation)));
  }

  private List<Message> answersTo(Session session) {
    told.clear();
    session.received(0, new AskEpoch());
    driver.turn(1);
    return told;
  }

  @Test
  @Tag("R8")
  void hearsNothingOfTheProcessBefore() {
    Session before = accept(7);
    assertThat(answersTo(before)).hasOnlyElementsOfType(EpochIs.class).hasSize(1);
    channel.listener.opened(process(8));
    assertThat(answersTo(before)).isEmpty();
  }

  @Test
  @Tag("R8")
  void hearsTheNewestProcessThoughOneBeforeGreetsLater() {
    Session newest = accept(8);
    channel.listener.opened(process(7));
    assertThat(answersTo(newest)).hasSize(1);
    assertThat(accept(7)).isNull();
    assertThat(answersTo(newest)).hasSize(1);
  }

  private record Accepted(Hello peer) implements Connection {
    @Override
    public void send(long correlation, Message message) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }
  }

  /** The channel to the one peer. */
  private final class Channel implements Clients, Client {
    private Listener listener;

    @Override
    public EventLoop loop() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Client to(Role role, int node, HostPort peer, Listener hears) {
      listener = hears;
      return this;
    }

    @Override
    public void start() {}

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public Connection connection() {
      return null;
    }

    @Override
    public void call(Message request, long timeoutNanos, ReplyHandler handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tell(Message oneWay) {
      return told.add(oneWay);
    }

    @Override
    public void flush() {}
  }

  private final class ToPeers implements Network {
    @Override
    public void toPeer(int peer, Message message) {
      peers.send(peer, message);
    }

    @Override
    public void flushPeers() {}

    @Override
    public void answer(Origin origin, Message reply) {}

    @Override
    public void toCatalog(Message message) {}

    @Override
    public void hydrate(String stock, long minimumIndex) {}

    @Override
    public void flush() {}

    @Override
    public void requestTurn() {}
  }
}
