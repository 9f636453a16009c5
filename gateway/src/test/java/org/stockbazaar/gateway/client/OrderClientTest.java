package org.stockbazaar.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.gateway.client.FakeLinks.FakeLink;
import org.stockbazaar.gateway.client.FakeLinks.Sent;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;

class OrderClientTest {
  private static final Key KEY = new Key(7, 9);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FakeLinks links = new FakeLinks(channel.eventLoop());
  private int leads = 3;
  private long epoch = 1;
  private OrderClient client;

  @BeforeEach
  void start() {
    channel.freezeTime();
    var options =
        new MarketOptions(
            HostPort.parse("127.0.0.1:1"),
            PeerList.parse("1=127.0.0.1:1,2=127.0.0.1:2,3=127.0.0.1:3"),
            MarketOptions.DEADLINE_NANOS,
            4,
            10);
    var loop = channel.eventLoop();
    client = new OrderClient(loop, new Turn(loop), links, options, new SplittableRandom(1));
    links.orders.forEach((id, link) -> link.answers = message -> answer(id, message));
    client.start();
    links.orders.values().forEach(FakeLink::open);
    run(1);
  }

  private Message answer(int id, Message message) {
    if (message instanceof Message.Ping) {
      return new Message.Pong(id, 1, true, epoch, 1, 1, 1, 0, leads, leads == id);
    }
    if (message instanceof Message.Nominate) {
      leads = id;
      epoch++;
      return new Message.Elected(epoch);
    }
    return null;
  }

  @Test
  void aTradeGoesToTheLeaderAndItsNumberComesBack() {
    var told = trade();
    only(3).reply(new Traded(10));
    assertThat(told.value).isEqualTo(10);
    assertThat(client.inFlight()).isZero();
    assertThat(links.orders.get(1).sent).isEmpty();
  }

  @Test
  @Tag("G9")
  void whenTheLeaderDiesTheTradeIsSentAgainUnderItsKeyToTheNextOne() {
    var told = trade();
    only(3);
    leads = 0;
    links.orders.get(3).cut();
    run(1);
    assertThat(client.leader()).isEqualTo(2);
    assertThat(only(2).message).isEqualTo(new Trade(2, KEY, Side.BUY, 5, "FishCo"));
    only(2).reply(new Traded(10));
    assertThat(told.value).isEqualTo(10);
    assertThat(links.orders.get(1).told).containsExactly(new Message.Announce(2, 2));
  }

  @Test
  @Tag("G9")
  void aReplicaThatNoLongerLeadsHandsTheTradeToTheNextLeader() {
    var told = trade();
    leads = 1;
    epoch = 2;
    only(3).reply(failed(Status.NOT_LEADER, Reason.NONE));
    run(1);
    only(1).reply(new Traded(11));
    assertThat(told.value).isEqualTo(11);
  }

  @Test
  @Tag("G9")
  void anOrderLookupIsSentAgainToo() {
    var told = new Told<Message.Order>();
    client.call(Call.order(new FindOrder(4), deadline(), told));
    run(1);
    leads = 0;
    links.orders.get(3).cut();
    run(1);
    var order = new Message.Order(4, Side.SELL, 3, "FishCo");
    links.orders.get(2).sent(FindOrder.class).get(0).reply(order);
    assertThat(told.value).isEqualTo(order);
  }

  @Test
  @Tag("G6")
  void withoutALeaderUntilTheDeadlineATradeThatWasNeverSentIsUnavailable() {
    lead(0);
    var told = trade();
    run(4990);
    assertThat(told.isTold()).isFalse();
    run(40);
    assertThat(told.problem.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(client.inFlight()).isZero();
  }

  @Test
  @Tag("G6")
  void aTradeThatWasLostOnItsWayAndFoundNoOtherLeaderHasAnUnknownOutcome() {
    var told = trade();
    only(3);
    lead(0);
    run(5030);
    assertThat(told.problem.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
  }

  @Test
  @Tag("G6")
  void aTradeThatTheLeaderDoesNotAnswerHasAnUnknownOutcome() {
    var told = trade();
    run(5030);
    assertThat(told.problem.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
  }

  @Test
  @Tag("G6")
  void aTradeThatEveryReplicaSurelyDidNotLogIsUnavailable() {
    var told = trade();
    leads = 0;
    blockNominations();
    only(3).reply(failed(Status.NOT_LEADER, Reason.NONE));
    run(5030);
    assertThat(told.problem.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  @Tag("G6")
  void aTradeThatADeposedLeaderMayHaveLoggedHasAnUnknownOutcome() {
    var told = trade();
    leads = 0;
    blockNominations();
    only(3).reply(failed(Status.NOT_LEADER, Reason.OUTCOME_OPEN));
    run(5030);
    assertThat(told.problem.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
  }

  @Test
  void aLateAnswerToAnOlderAttemptCountsWhenItIsGood() {
    var told = trade();
    Sent first = only(3);
    moveLeaderTo(1);
    only(1);
    first.reply(new Traded(10));
    assertThat(told.value).isEqualTo(10);
    only(1).reply(new Traded(10));
  }

  @Test
  void aLateRefusalOfAnOlderAttemptCountsForNothing() {
    var told = trade();
    Sent first = only(3);
    moveLeaderTo(1);
    first.reply(failed(Status.REFUSED, Reason.QUANTITY_INSUFFICIENT));
    assertThat(told.isTold()).isFalse();
    only(1).reply(new Traded(12));
    assertThat(told.value).isEqualTo(12);
  }

  @Test
  @Tag("G8")
  void eachAttemptIsForTheLeaderOfItsEpochSoThatARefusalOfTheNewestIsFinal() {
    var told = trade();
    Sent first = only(3);
    moveLeaderTo(1);
    Sent second = only(1);
    assertThat(((Trade) first.message).epoch()).isEqualTo(1);
    assertThat(((Trade) second.message).epoch()).isEqualTo(2);
    second.reply(failed(Status.REFUSED, Reason.QUANTITY_INSUFFICIENT));
    assertThat(told.problem.kind()).isEqualTo(Kind.QUANTITY_INSUFFICIENT);
  }

  @Test
  void refusalsOfTheLeaderAreAnsweredAtOnce() {
    assertThat(refused(Status.REFUSED, Reason.QUANTITY_INSUFFICIENT))
        .isEqualTo(Kind.QUANTITY_INSUFFICIENT);
    assertThat(refused(Status.REFUSED, Reason.VOLUME_LIMIT)).isEqualTo(Kind.VOLUME_LIMIT);
    assertThat(refused(Status.NOT_FOUND, Reason.UNKNOWN_STOCK)).isEqualTo(Kind.STOCK_NOT_FOUND);
    assertThat(refused(Status.BUSY, Reason.NONE)).isEqualTo(Kind.OVERLOADED);
    assertThat(refused(Status.BAD_REQUEST, Reason.NONE)).isEqualTo(Kind.INTERNAL);
  }

  @Test
  @Tag("G8")
  void aReusedKeyIsToldAsSuch() {
    assertThat(refused(Status.REFUSED, Reason.KEY_REUSED)).isEqualTo(Kind.KEY_REUSED);
  }

  @Test
  void anUnknownOrderIsNotFound() {
    var told = new Told<Message.Order>();
    client.call(Call.order(new FindOrder(4), deadline(), told));
    run(1);
    only(3).reply(failed(Status.NOT_FOUND, Reason.NONE));
    assertThat(told.problem.kind()).isEqualTo(Kind.ORDER_NOT_FOUND);
  }

  @Test
  @Tag("G6")
  void afterAnUnknownAttemptABusyLeaderIsAskedAgainUnderTheKey() {
    var told = trade();
    only(3);
    moveLeaderTo(1);
    only(1).reply(failed(Status.BUSY, Reason.NONE));
    assertThat(told.isTold()).isFalse();
    run(30);
    List<Sent> attempts = links.orders.get(1).sent(Trade.class);
    assertThat(attempts).hasSize(2);
    attempts.get(1).reply(new Traded(3));
    assertThat(told.value).isEqualTo(3);
  }

  @Test
  @Tag("G6")
  void aLeaderWithoutItsCatalogIsAskedForASecondBeforeTheTradeIsUnavailable() {
    links.orders.get(3).answers =
        message ->
            message instanceof Trade ? failed(Status.UNAVAILABLE, Reason.NONE) : answer(3, message);
    var told = trade();
    run(900);
    assertThat(told.isTold()).isFalse();
    run(200);
    assertThat(told.problem.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aCatalogThatIsAwayForAMomentIsNotSeen() {
    var told = trade();
    only(3).reply(failed(Status.UNAVAILABLE, Reason.NONE));
    run(30);
    List<Sent> attempts = links.orders.get(3).sent(Trade.class);
    assertThat(attempts).hasSize(2);
    attempts.get(1).reply(new Traded(5));
    assertThat(told.value).isEqualTo(5);
  }

  @Test
  void moreCallsThanMayBeInFlightAreRefusedAtOnce() {
    for (int i = 0; i < 4; i++) {
      assertThat(trade().isTold()).isFalse();
    }
    assertThat(trade().problem.kind()).isEqualTo(Kind.OVERLOADED);
    links.orders.get(3).sent(Trade.class).get(0).reply(new Traded(1));
    assertThat(trade().isTold()).isFalse();
  }

  @Test
  @Tag("G9")
  void aSilentLeaderIsReplacedAndTheTradeAnsweredByTheNextOne() {
    var told = trade();
    links.orders.get(3).answers = message -> null;
    leads = 0;
    run(200);
    assertThat(client.leader()).isEqualTo(2);
    only(2).reply(new Traded(10));
    assertThat(told.value).isEqualTo(10);
  }

  @Test
  void anIdleGatewayPingsItsLeaderTenTimesASecond() {
    run(1000);
    int[] pings = new int[1];
    links.orders.get(3).answers =
        message -> {
          pings[0]++;
          return answer(3, message);
        };
    run(1000);
    assertThat(pings[0]).isBetween(9, 11);
  }

  private Told<Long> trade() {
    var told = new Told<Long>();
    client.call(Call.trade(KEY, Side.BUY, 5, "FishCo", () -> LetGo.NOBODY, deadline(), told));
    run(1);
    return told;
  }

  private Kind refused(Status status, Reason reason) {
    links.orders.get(3).sent.clear();
    var told = trade();
    only(3).reply(failed(status, reason));
    assertThat(client.inFlight()).isZero();
    return told.problem.kind();
  }

  private Sent only(int replica) {
    var calls =
        links.orders.get(replica).sent.stream()
            .filter(sent -> sent.message instanceof Trade || sent.message instanceof FindOrder)
            .toList();
    assertThat(calls).hasSize(1);
    return calls.get(0);
  }

  /** The leader is deposed and the gateway finds out by its pings. */
  private void moveLeaderTo(int id) {
    leads = id;
    epoch++;
    run(40);
    assertThat(client.leader()).isEqualTo(id);
  }

  /** Nobody leads, and nobody can be made to. */
  private void lead(int nobody) {
    leads = nobody;
    blockNominations();
    links.orders.values().forEach(FakeLink::cut);
    run(1);
    assertThat(client.leader()).isZero();
  }

  private void blockNominations() {
    links.orders.forEach(
        (id, link) ->
            link.answers =
                message ->
                    message instanceof Message.Nominate
                        ? failed(Status.REFUSED, Reason.NO_MAJORITY)
                        : answer(id, message));
  }

  private static Failed failed(Status status, Reason reason) {
    return new Failed(status, reason, 0, "");
  }

  private long deadline() {
    return channel.eventLoop().ticker().nanoTime() + MarketOptions.DEADLINE_NANOS;
  }

  private void run(long millis) {
    channel.runPendingTasks();
    for (long i = 0; i < millis; i++) {
      channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
      channel.runPendingTasks();
    }
  }
}
