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
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Drop;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Lookup;
import org.stockbazaar.protocol.message.Message.Page;
import org.stockbazaar.protocol.message.Message.Renew;
import org.stockbazaar.protocol.message.Message.Renewed;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

class CatalogClientTest {
  private static final Stock FISH = new Stock("FishCo", 1599, 100, 0, 0, 1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final FakeLinks links = new FakeLinks(channel.eventLoop());
  private final Metrics metrics = new Metrics();
  private LiveMarket market;
  private FakeLink catalog;

  @BeforeEach
  void start() {
    channel.freezeTime();
    market = market(10);
    catalog = links.catalog;
  }

  private LiveMarket market(int cacheEntries) {
    var options =
        new MarketOptions(
            HostPort.parse("127.0.0.1:1"),
            PeerList.parse("1=127.0.0.1:1"),
            MarketOptions.DEADLINE_NANOS,
            3,
            cacheEntries);
    var made =
        new LiveMarket(
            channel.eventLoop(),
            links,
            new GatewayStart(1, 1),
            options,
            new SplittableRandom(1),
            metrics);
    made.start();
    run(1);
    return made;
  }

  @Test
  @Tag("K1")
  void aMissIsLookedUpUnderALeaseAndAHitIsNot() {
    open();
    var miss = look();
    assertThat(messages()).containsExactly(new Renew(), new Lookup("FishCo", 1));
    answer();
    assertThat(miss.value.stock()).isEqualTo(FISH);
    assertThat(look().value.stock()).isEqualTo(FISH);
    assertThat(messages()).isEmpty();
    assertThat(metrics.text())
        .contains("bazaar_cache_hits_total 1\n")
        .contains("bazaar_cache_misses_total 1\n")
        .contains("bazaar_cache_entries 1\n");
  }

  @Test
  @Tag("K1")
  void turnedOffNothingIsHeld() {
    market = market(0);
    catalog = links.catalog;
    open();
    look();
    assertThat(messages()).containsExactly(new Lookup("FishCo", 0));
    answer();
    look();
    assertThat(messages()).containsExactly(new Lookup("FishCo", 0));
  }

  @Test
  @Tag("K2")
  void aDropIsAcknowledgedOnceTheStockIsForgotten() {
    open();
    look();
    answer();
    catalog.push(5, new Drop(List.of("FishCo")));
    run(1);
    assertThat(catalog.answered).containsExactly(new Message.Dropped());
    assertThat(look().isTold()).isFalse();
  }

  @Test
  @Tag("K2")
  void theLeaseIsRenewedWhileStocksAreAskedForAndThenLetGo() {
    open();
    catalog.answers = message -> message instanceof Renew ? new Renewed() : null;
    look();
    answer();
    for (int i = 0; i < 20; i++) {
      run(100);
      assertThat(look().value.stock()).as("after %s ms", i * 100).isEqualTo(FISH);
    }
    int[] renewals = new int[1];
    catalog.answers =
        message -> {
          renewals[0]++;
          return new Renewed();
        };
    run(1000);
    assertThat(renewals[0]).isBetween(17, 20);
    run(2000);
    assertThat(renewals[0]).isLessThan(21);
    assertThat(metrics.text()).contains("bazaar_cache_entries 0\n");
  }

  @Test
  @Tag("K3")
  void aSilentCatalogIsServedFromTheCacheForAQuarterOfASecondAtMost() {
    open();
    look();
    answer();
    run(240);
    assertThat(look().value.stock()).isEqualTo(FISH);
    run(20);
    assertThat(look().isTold()).isFalse();
  }

  @Test
  @Tag("K3")
  void overABrokenChannelNothingIsServedFromTheCache() {
    open();
    look();
    answer();
    catalog.cut();
    var told = look();
    assertThat(told.isTold()).isFalse();
    catalog.open();
    run(1);
    assertThat(told.isTold()).isFalse();
    answer();
    assertThat(told.value.stock()).isEqualTo(FISH);
  }

  @Test
  @Tag("K3")
  void aReplyOfADeadChannelIsIgnored() {
    open();
    look();
    List<Sent> underway = List.copyOf(catalog.sent);
    catalog.cut();
    catalog.open();
    run(1);
    var stale = new Stock("FishCo", 1599, 7, 0, 0, 1);
    for (Sent sent : underway) {
      sent.reply(sent.message instanceof Renew ? new Renewed() : new Found(stale));
    }
    assertThat(metrics.text()).contains("bazaar_cache_entries 0\n");
  }

  @Test
  @Tag("G6")
  void withoutACatalogALookupIsUnavailableAfterASecond() {
    var told = look();
    run(900);
    assertThat(told.isTold()).isFalse();
    run(150);
    assertThat(told.problem.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aCatalogThatIsAwayForAMomentIsNotSeen() {
    var told = look();
    run(500);
    open();
    answer();
    assertThat(told.value.stock()).isEqualTo(FISH);
  }

  @Test
  void aCatalogThatIsNotReadyIsAskedAgain() {
    open();
    var told = look();
    lookup().reply(new Failed(Status.UNAVAILABLE, Reason.NONE, 0, ""));
    assertThat(told.isTold()).isFalse();
    catalog.sent.clear();
    run(30);
    lookup().reply(new Found(FISH));
    assertThat(told.value.stock()).isEqualTo(FISH);
  }

  @Test
  void aCatalogThatDoesNotAnswerIsUnavailableAtTheDeadline() {
    open();
    var told = look();
    run(4900);
    assertThat(told.isTold()).isFalse();
    run(150);
    assertThat(told.problem.kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void anUnknownStockIsNotFound() {
    open();
    var told = look();
    lookup().reply(new Failed(Status.NOT_FOUND, Reason.UNKNOWN_STOCK, 0, ""));
    assertThat(told.problem.kind()).isEqualTo(Kind.STOCK_NOT_FOUND);
  }

  @Test
  void moreLookupsThanMayBeInFlightAreRefusedAtOnce() {
    open();
    look();
    look();
    look();
    assertThat(look().problem.kind()).isEqualTo(Kind.OVERLOADED);
    lookup().reply(new Found(FISH));
    assertThat(look().isTold()).isFalse();
  }

  @Test
  @Tag("G5")
  void aPageIsToldAsItComes() {
    open();
    var told = new Told<Page>();
    market.stocks("A", 2, told);
    run(1);
    var page = new Page(List.of(FISH), true);
    var sent = catalog.sent.get(0);
    assertThat(sent.message).isEqualTo(new Message.Browse("A", 2));
    sent.reply(page);
    assertThat(told.value).isEqualTo(page);
  }

  @Test
  @Tag("G11")
  void saysWhatIsMissingUntilStocksAreListedAndAnOrderNodeLeads() {
    assertThat(market.missing()).containsExactly("the catalog", "a leading order node");
    catalog.answers = message -> new Page(List.of(), false);
    catalog.open();
    run(10);
    assertThat(market.missing()).containsExactly("stocks", "a leading order node");
    catalog.answers = message -> new Page(List.of(FISH), false);
    run(110);
    assertThat(market.missing()).containsExactly("a leading order node");
    links.orders.get(1).answers = message -> new Message.Pong(1, 1, true, 1, 1, 1, 1, 0, 1, true);
    links.orders.get(1).open();
    run(10);
    assertThat(market.missing()).isEmpty();
    catalog.cut();
    assertThat(market.missing()).containsExactly("the catalog");
  }

  @Test
  @Tag("G12")
  void aDrainingGatewayLetsGoOfItsLeaseBeforeItCloses() {
    open();
    look();
    answer();
    boolean[] done = new boolean[1];
    market.drain(() -> done[0] = true);
    run(1);
    assertThat(messages()).containsExactly(new Message.Leave());
    assertThat(catalog.isOpen()).isTrue();
    catalog.sent.get(0).reply(new Message.Left());
    assertThat(done[0]).isTrue();
    assertThat(catalog.isOpen()).isFalse();
  }

  private void open() {
    catalog.answers =
        message ->
            message instanceof Message.Browse browse && browse.limit() == 1
                ? new Page(List.of(FISH), false)
                : null;
    catalog.open();
    run(1);
  }

  private Told<Quote> look() {
    var told = new Told<Quote>();
    market.stock("FishCo", channel.eventLoop().ticker().nanoTime(), told);
    run(1);
    return told;
  }

  /** Everything that was sent is answered, in its order. */
  private void answer() {
    for (Sent sent : List.copyOf(catalog.sent)) {
      if (sent.message instanceof Renew) {
        sent.reply(new Renewed());
      } else if (sent.message instanceof Lookup) {
        sent.reply(new Found(FISH));
      }
    }
    catalog.sent.clear();
  }

  private Sent lookup() {
    return catalog.sent(Lookup.class).get(0);
  }

  private List<Message> messages() {
    return catalog.sent.stream().map(sent -> sent.message).toList();
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
