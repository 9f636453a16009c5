package org.stockbazaar.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.gateway.admin.ClusterView;
import org.stockbazaar.gateway.admin.Operations;
import org.stockbazaar.gateway.client.FakeLinks.FakeLink;
import org.stockbazaar.gateway.client.FakeLinks.Sent;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Drop;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Leave;
import org.stockbazaar.protocol.message.Message.Left;
import org.stockbazaar.protocol.message.Message.Lookup;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Message.Renew;
import org.stockbazaar.protocol.message.Message.Renewed;
import org.stockbazaar.protocol.message.Message.Reset;
import org.stockbazaar.protocol.message.Message.Transfer;
import org.stockbazaar.protocol.message.Message.WasReset;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

/** What operators ask, over links to nodes that the test plays. */
@Tag("G10")
class LiveOperationsTest {
  private static final Stock FISH = new Stock("FishCo", 1599, 100, 0, 0, 1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FakeLinks links = new FakeLinks(channel.eventLoop());
  private int leads = 3;
  private int silent;
  private LiveMarket market;
  private Operations operations;

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
    market =
        new LiveMarket(
            channel.eventLoop(),
            links,
            new GatewayStart(1, 1),
            options,
            new SplittableRandom(1),
            new Metrics());
    operations = market.operations();
    links.orders.forEach((id, link) -> link.answers = message -> answer(id, message));
    links.catalog.answers = this::catalog;
    market.start();
    run(1);
    links.orders.values().forEach(FakeLink::open);
    links.catalog.open();
    run(1);
  }

  private Message answer(int id, Message message) {
    if (message instanceof Ping && id != silent) {
      return new Pong(id, 1, true, 1, 1, 1, 1, 0, leads, leads == id);
    }
    return null;
  }

  private Message catalog(Message message) {
    if (message instanceof Message.Browse) {
      return new Message.Page(List.of(FISH), false);
    }
    return null;
  }

  private void run(long millis) {
    for (long i = 0; i < millis; i++) {
      channel.runPendingTasks();
      channel.runScheduledPendingTasks();
      channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    }
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
  }

  private Sent only(int replica) {
    run(1);
    var open = links.orders.get(replica).sent.stream().filter(sent -> !sent.ended).toList();
    var requests = open.stream().filter(sent -> !(sent.message instanceof Ping)).toList();
    assertThat(requests).as("requests to order-%d", replica).hasSize(1);
    return requests.get(0);
  }

  private static Failed failed(Status status, Reason reason, String detail) {
    return new Failed(status, reason, 0, detail);
  }

  @Test
  void showsThoseThatAnswerAndNamesThoseThatDoNot() {
    silent = 1;
    links.orders.get(2).cut();
    var told = new ClusterView[1];
    operations.cluster(view -> told[0] = view);
    run(50);
    assertThat(told[0]).as("waits for order-1").isNull();
    run(300);
    assertThat(told[0].replicas())
        .extracting(replica -> replica.pong() == null)
        .containsExactly(true, true, false);
    assertThat(told[0].replicas().get(2).address()).isEqualTo(new HostPort("127.0.0.1", 3));
  }

  @Test
  void asksTheLeaderToHandOver() {
    var told = new Told<Long>();
    operations.lead(1, told);
    Sent transfer = only(3);
    assertThat(transfer.message).isEqualTo(new Transfer(1));
    transfer.reply(new Elected(9));
    assertThat(told.value).isEqualTo(9);
    market.order(7, new Told<>());
    assertThat(only(1).message).as("calls go to it at once").isEqualTo(new FindOrder(7));
  }

  @Test
  void whoSeemsToLeadIsAskedWhetherItStillDoes() {
    var told = new Told<Long>();
    operations.lead(3, told);
    leads = 2;
    only(3).reply(failed(Status.NOT_LEADER, Reason.NONE, ""));
    assertThat(told.isTold()).isFalse();
    run(30);
    assertThat(only(2).message).isEqualTo(new Transfer(3));
    only(2).reply(new Elected(4));
    assertThat(told.value).isEqualTo(4);
  }

  @Test
  void aTransferToWhoCannotBeReachedIsRefusedWithoutAskingTheLeader() {
    links.orders.get(2).cut();
    var told = new Told<Long>();
    operations.lead(2, told);
    run(1);
    assertThat(told.problem.kind()).isEqualTo(Kind.NOT_POSSIBLE);
    assertThat(told.problem.detail()).contains("order-2").contains("reached");
    assertThat(links.orders.get(3).sent(Transfer.class)).isEmpty();
  }

  @Test
  void aTransferWaitsForALeaderAndAsksTheOneThatThereIs() {
    var told = new Told<Long>();
    operations.lead(2, told);
    Sent first = only(3);
    leads = 1;
    links.orders.get(3).cut();
    assertThat(first.ended).isTrue();
    run(30);
    assertThat(only(1).message).isEqualTo(new Transfer(2));
    only(1).reply(failed(Status.UNAVAILABLE, Reason.NO_MAJORITY, "it did not take over in time"));
    assertThat(told.problem.kind()).isEqualTo(Kind.NOT_POSSIBLE);
    assertThat(told.problem.detail()).contains("in time");
  }

  @Test
  void withoutALeaderATransferEndsAtTheDeadline() {
    leads = 0;
    links.orders.get(1).cut();
    links.orders.get(3).cut();
    run(200);
    var told = new Told<Long>();
    operations.lead(2, told);
    run(4_900);
    assertThat(told.isTold()).isFalse();
    run(200);
    assertThat(told.problem.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(told.problem.detail()).isEqualTo("no order node leads");
  }

  @Test
  @Tag("O2")
  void aResetIsSentAgainOnlyWhenItSurelyWasNotLogged() {
    var told = new Told<Long>();
    operations.reset(told);
    only(3).reply(failed(Status.UNAVAILABLE, Reason.NONE, "no catalog"));
    run(30);
    only(3).reply(new WasReset(5));
    assertThat(told.value).isEqualTo(5);

    var lost = new Told<Long>();
    operations.reset(lost);
    only(3);
    leads = 1;
    links.orders.get(3).cut();
    run(50);
    assertThat(lost.problem.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    assertThat(links.orders.get(1).sent(Reset.class)).isEmpty();
  }

  @Test
  @Tag("O2")
  void aResetThatMayHaveBeenLoggedOrIsNotAllowedIsToldSo() {
    var open = new Told<Long>();
    operations.reset(open);
    only(3).reply(failed(Status.NOT_LEADER, Reason.OUTCOME_OPEN, ""));
    assertThat(open.problem.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    run(30);
    var forbidden = new Told<Long>();
    operations.reset(forbidden);
    only(3).reply(failed(Status.REFUSED, Reason.RESET_NOT_ALLOWED, "start with --allow-reset"));
    assertThat(forbidden.problem.kind()).isEqualTo(Kind.NOT_ALLOWED);
    assertThat(forbidden.problem.detail()).contains("--allow-reset");
  }

  // ---- the cache -------------------------------------------------------------------------------

  private Told<Quote> look() {
    var told = new Told<Quote>();
    market.stock("FishCo", channel.eventLoop().ticker().nanoTime(), told);
    run(1);
    return told;
  }

  /** Answers what the catalog was asked, and tells what it was. */
  private List<Message> answerCatalog() {
    List<Sent> asked = List.copyOf(links.catalog.sent);
    links.catalog.sent.clear();
    asked.forEach(sent -> sent.reply(reply(sent.message)));
    return asked.stream().map(sent -> sent.message).toList();
  }

  private static Message reply(Message request) {
    if (request instanceof Renew) {
      return new Renewed();
    }
    return request instanceof Leave ? new Left() : new Found(FISH);
  }

  @Test
  @Tag("K1")
  @Tag("K3")
  void turnedOffItForgetsEverythingAndHoldsNothingOfWhatWasAskedBefore() {
    look();
    answerCatalog();
    assertThat(operations.cache().entries()).isEqualTo(1);
    operations.invalidate(null);
    look();
    operations.enableCache(false);
    run(1);
    assertThat(answerCatalog())
        .as("the reply to a lookup of before comes after")
        .containsExactly(new Lookup("FishCo", 2), new Leave());
    assertThat(operations.cache().entries()).isZero();
    assertThat(operations.cache().enabled()).isFalse();
    look();
    assertThat(answerCatalog()).containsExactly(new Lookup("FishCo", 0));
    assertThat(operations.cache().entries()).isZero();
    run(300);
    assertThat(answerCatalog()).as("no lease is kept").isEmpty();
  }

  @Test
  @Tag("K1")
  void turnedOnAgainItBeginsEmptyUnderANewLease() {
    look();
    answerCatalog();
    operations.enableCache(false);
    run(1);
    answerCatalog();
    operations.enableCache(true);
    look();
    assertThat(answerCatalog()).containsExactly(new Renew(), new Lookup("FishCo", 2));
    assertThat(operations.cache().entries()).isEqualTo(1);
    operations.enableCache(true);
    assertThat(operations.cache().entries()).as("it was on").isEqualTo(1);
  }

  @Test
  @Tag("K1")
  void countsWhatItIsToldToForget() {
    look();
    answerCatalog();
    assertThat(operations.invalidate("BoarCo")).isZero();
    assertThat(operations.invalidate("FishCo")).isEqualTo(1);
    look();
    answerCatalog();
    links.catalog.push(1, new Drop(List.of()));
    assertThat(operations.cache().invalidations()).isEqualTo(2);
    assertThat(operations.cache().misses()).isEqualTo(2);
  }
}
