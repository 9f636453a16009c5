package org.stockbazaar.order.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.message.Bytes32;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Announce;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.metrics.Metrics;

class RequestsTest {
  private final List<Message> sent = new ArrayList<>();
  private int flushes;
  private boolean open = true;
  private final MemoryLog log = new MemoryLog();
  private final Driver driver =
      new Driver(
          new Parts(
              new Group(1, List.of(1)), 1, Timing.DEFAULT, log, log::sync, new MemoryBallot()),
          new ToRequests(),
          () -> 0,
          (reason, cause) -> {
            throw new AssertionError(reason, cause);
          },
          0);
  private final Requests requests = new Requests(driver, new Metrics());
  private final Session session = requests.accept(new Recorder());

  private Status statusOfLast() {
    return ((Failed) sent.get(sent.size() - 1)).status();
  }

  @Test
  void answersEachRequestAndFlushesOnce() {
    session.received(1, new Ping());
    session.received(2, new Ping());
    driver.turn(1);
    assertThat(sent).hasSize(2).allMatch(Pong.class::isInstance);
    assertThat(flushes).isEqualTo(1);
    assertThat(requests.isEmpty()).isTrue();
  }

  @Test
  @Tag("G8")
  void aNewChannelOfAGatewayEndsItsOldOne() {
    assertThat(open).isTrue();
    requests.accept(new Recorder());
    assertThat(open).isFalse();
  }

  @Test
  void tellsBusyWhenTooManyRequestsWait() {
    for (int i = 1; i <= Requests.REQUESTS_MAX; i++) {
      session.received(i, new Ping());
    }
    assertThat(sent).isEmpty();
    session.received(Requests.REQUESTS_MAX + 1, new Ping());
    session.readComplete();
    assertThat(statusOfLast()).isEqualTo(Status.BUSY);
    assertThat(flushes).isEqualTo(1);
    driver.turn(1);
    assertThat(sent).hasSize(Requests.REQUESTS_MAX + 1);
    session.received(1, new Ping());
    driver.turn(2);
    assertThat(sent.get(sent.size() - 1)).isInstanceOf(Pong.class);
  }

  @Test
  void turnsRequestsAwayWhileItStops() {
    session.received(1, new Ping());
    requests.drain();
    session.received(2, new FindOrder(0));
    assertThat(statusOfLast()).as("another one leads, or none").isEqualTo(Status.NOT_LEADER);
    session.received(3, new Ping());
    driver.turn(1);
    assertThat(sent.subList(1, 3)).as("who pings is answered").allMatch(Pong.class::isInstance);
  }

  @Test
  void aLeaderThatStopsIsStillTheOne() {
    session.received(1, new Nominate(0, List.of(1)));
    driver.turn(1);
    requests.drain();
    session.received(2, new FindOrder(0));
    assertThat(statusOfLast()).isEqualTo(Status.UNAVAILABLE);
  }

  @Test
  void closesTheChannelOfARequestThatCannotBeAnswered() {
    session.received(0, new Announce(1, 1));
    assertThat(open).isTrue();
    session.received(0, new Ping());
    assertThat(open).isFalse();
  }

  @Test
  void closesTheChannelOfAGatewayThatSaysWhatAnotherOneLetGo() {
    session.received(1, trade(new LetGo(1, 1, 5)));
    session.received(2, trade(LetGo.NOBODY));
    assertThat(open).isTrue();
    session.received(3, trade(new LetGo(1, 2, 5)));
    assertThat(open).as("its next process").isFalse();
    open = true;
    session.received(4, trade(new LetGo(2, 1, 5)));
    assertThat(open).isFalse();
  }

  private static Trade trade(LetGo letGo) {
    return new Trade(1, new Key(1, letGo.lookup()), Side.BUY, 1, "FishCo", letGo);
  }

  @Test
  void closesTheChannelOfACorrelationThatIsInUse() {
    session.received(1, new Ping());
    assertThat(open).isTrue();
    session.received(1, new Ping());
    assertThat(open).isFalse();
  }

  @Test
  void forgetsTheAnswersForAClosedChannel() {
    session.received(1, new Ping());
    session.closed();
    driver.turn(1);
    assertThat(sent).isEmpty();
    assertThat(requests.isEmpty()).isTrue();
  }

  private final class Recorder implements Connection {
    @Override
    public Message.Hello peer() {
      return new Message.Hello(1, 1, 1, Role.GATEWAY, 1, 1, Bytes32.of(new byte[32]), List.of(1));
    }

    @Override
    public void send(long correlation, Message message) {
      sent.add(message);
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public void close() {
      open = false;
    }

    @Override
    public boolean isOpen() {
      return open;
    }
  }

  private final class ToRequests implements Network {
    @Override
    public void toPeer(int peer, Message message) {}

    @Override
    public void flushPeers() {}

    @Override
    public void answer(Origin origin, Message reply) {
      requests.answer(origin, reply);
    }

    @Override
    public void toCatalog(Message message) {}

    @Override
    public void hydrate(String stock, long minimumIndex) {}

    @Override
    public void flush() {
      requests.flush();
    }

    @Override
    public void requestTurn() {}
  }
}
