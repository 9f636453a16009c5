package org.stockbazaar.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.catalog.view.History;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Browse;
import org.stockbazaar.protocol.message.Message.Digest;
import org.stockbazaar.protocol.message.Message.Digested;
import org.stockbazaar.protocol.message.Message.Drop;
import org.stockbazaar.protocol.message.Message.Dropped;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.Foreign;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Hydrate;
import org.stockbazaar.protocol.message.Message.Leave;
import org.stockbazaar.protocol.message.Message.ListStocks;
import org.stockbazaar.protocol.message.Message.Listed;
import org.stockbazaar.protocol.message.Message.Lookup;
import org.stockbazaar.protocol.message.Message.Page;
import org.stockbazaar.protocol.message.Message.Propose;
import org.stockbazaar.protocol.message.Message.Renew;
import org.stockbazaar.protocol.message.Message.Renewed;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

/** The catalog node on real sockets; the test is its leader and its gateways. */
class CatalogServerTest {
  private static final long SECONDS_MAX = 60;
  private static final long LEASE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final int STOCKS_MAX = 100;
  private static final int CHECKPOINT_ENTRIES = 1_000;

  @TempDir private Path directory;

  private final ClusterSecret secret = ClusterSecret.of(new byte[32]);
  private final Transport transport = Transport.open("catalog-under-test");
  private final Transport outside = Transport.open("peers");
  private final List<Peer> peers = new ArrayList<>();
  private final CompletableFuture<String> stopped = new CompletableFuture<>();
  private final History history = new History(1);
  private CatalogServer server;
  private HostPort address;
  private Peer leader;
  private Applied first;

  @BeforeEach
  void start() throws Exception {
    start(LEASE_NANOS);
  }

  private void start(long leaseNanos) throws Exception {
    var any = new HostPort("127.0.0.1", 0);
    var configuration =
        new CatalogConfiguration(
            any,
            any,
            directory,
            secret,
            StocksFile.standard(),
            STOCKS_MAX,
            CHECKPOINT_ENTRIES,
            null);
    server =
        new CatalogServer(
            transport, configuration, (reason, cause) -> stopped.complete(reason), leaseNanos);
    address = server.listen();
    leader = peer(Role.ORDER, 1);
    first = leader.pushed(Applied.class);
  }

  @AfterEach
  void stop() throws Exception {
    drain();
    peers.forEach(Peer::close);
    transport.close();
    outside.close();
  }

  private void drain() throws Exception {
    var drained = new CountDownLatch(1);
    transport.loop().execute(() -> server.drain(drained::countDown));
    assertThat(drained.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
  }

  private Peer peer(Role role, int node) throws Exception {
    Peer peer = Peer.open(outside, secret, role, node, address);
    peers.add(peer);
    return peer;
  }

  private void feed(long from) {
    leader.send(0, history.apply(from, history.last()));
  }

  private Applied appliedUpTo(long index) throws InterruptedException {
    Applied applied = leader.pushed(Applied.class);
    while (applied.index() < index || !applied.ready()) {
      applied = leader.pushed(Applied.class);
    }
    return applied;
  }

  /** Lists what the catalog proposes, as a leader does, and brings it up to there. */
  private void bringUp() throws InterruptedException {
    feed(0);
    long from = history.last();
    Propose proposal = leader.pushed(Propose.class);
    assertThat(proposal.appliedIndex()).isEqualTo(from);
    proposal.stocks().forEach(stock -> history.list(stock.name(), stock.quantity()));
    feed(from);
    appliedUpTo(history.last());
  }

  private void trade(String stock) {
    history.trade(Side.BUY, 1, stock);
    feed(history.last() - 1);
  }

  private static Stock shown(Message reply) {
    return ((Found) reply).stock();
  }

  private List<String> missing() throws Exception {
    return transport.loop().submit(server::missing).get(SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Test
  @Tag("C2")
  void listsItsStocksFileThroughTheOrderLogAndServesThem() throws Exception {
    assertThat(first).isEqualTo(new Applied(0, 0, false, List.of()));
    assertThat(missing())
        .containsExactly("a leading order node", "the listing of the stocks file, at 0 of 10");
    Peer gateway = peer(Role.GATEWAY, 1);
    assertThat(((Failed) gateway.ask(new Lookup("GameStart", 1))).status())
        .isEqualTo(Status.UNAVAILABLE);
    bringUp();
    assertThat(missing()).isEmpty();
    assertThat(shown(gateway.ask(new Lookup("GameStart", 0))).quantity()).isEqualTo(100);
    var page = (Page) gateway.ask(new Browse("", 1_000));
    assertThat(page.stocks())
        .hasSize(10)
        .extracting(Stock::name)
        .isSorted()
        .contains("BoarCo", "FishCo", "GameStart", "MenhirCo");
    assertThat(((Failed) gateway.ask(new Lookup("NoSuchStock", 0))).status())
        .isEqualTo(Status.NOT_FOUND);
  }

  @Test
  @Tag("K2")
  void aTradeIsReleasedWhenEveryGatewayThatHeldTheStockHasDroppedIt() throws Exception {
    drain();
    start(TimeUnit.HOURS.toNanos(1));
    bringUp();
    Peer one = peer(Role.GATEWAY, 1);
    Peer two = peer(Role.GATEWAY, 2);
    for (Peer gateway : List.of(one, two)) {
      assertThat(gateway.ask(new Renew())).isEqualTo(new Renewed());
      assertThat(shown(gateway.ask(new Lookup("FishCo", 1))).quantity()).isEqualTo(100);
    }
    trade("FishCo");
    Applied unreleased = appliedUpTo(history.last());
    Peer.Push dropOne = one.pushed();
    Peer.Push dropTwo = two.pushed();
    assertThat(dropOne.message()).isEqualTo(new Drop(List.of("FishCo")));
    assertThat(dropTwo.message()).isEqualTo(new Drop(List.of("FishCo")));
    assertThat(unreleased.unreleased()).containsExactly(history.last());
    CompletableFuture<Message> waits = two.call(new Lookup("FishCo", 1));
    one.send(dropOne.correlation(), new Dropped());
    one.ask(new Leave());
    assertThat(waits).as("the other gateway may still show the old quantity").isNotDone();
    two.send(dropTwo.correlation(), new Dropped());
    assertThat(leader.pushed(Applied.class).unreleased()).isEmpty();
    assertThat(shown(waits.get(SECONDS_MAX, TimeUnit.SECONDS)).quantity()).isEqualTo(99);
    two.ask(new Leave());
  }

  @Test
  @Tag("K2")
  void aDeadGatewayHoldsATradeBackUntilItsLeaseIsOver() throws Exception {
    bringUp();
    Peer gateway = peer(Role.GATEWAY, 1);
    gateway.ask(new Renew());
    gateway.ask(new Lookup("FishCo", 1));
    gateway.close();
    trade("FishCo");
    Applied applied = appliedUpTo(history.last());
    while (!applied.unreleased().isEmpty()) {
      applied = leader.pushed(Applied.class);
    }
    Peer next = peer(Role.GATEWAY, 2);
    assertThat(shown(next.ask(new Lookup("FishCo", 1))).quantity()).isEqualTo(99);
  }

  @Test
  @Tag("C3")
  void answersAGapWithWhatItHasAndRepeatsChangeNothing() throws Exception {
    bringUp();
    history.trade(Side.BUY, 1, "FishCo").trade(Side.BUY, 1, "FishCo");
    long last = history.last();
    leader.send(0, history.apply(last - 1, last));
    assertThat(leader.pushed(Applied.class).index()).isEqualTo(last - 2);
    feed(last - 2);
    feed(last - 2);
    feed(0);
    assertThat(appliedUpTo(last).checksum()).isEqualTo(history.checksumAt(last));
    assertThat(shown(leader.ask(new Hydrate("FishCo", last))))
        .isEqualTo(new Stock("FishCo", 1599, 98, 2, 0, last));
  }

  @Test
  @Tag("C4")
  void keepsItsPlaceOverACleanStopAndRebuildsItselfAfterDamage() throws Exception {
    bringUp();
    trade("FishCo");
    appliedUpTo(history.last());
    var digested = (Digested) peer(Role.TOOL, 1).ask(new Digest());
    drain();
    start(LEASE_NANOS);
    assertThat(first.index()).isEqualTo(history.last());
    assertThat(first.checksum()).isEqualTo(history.checksumAt(history.last()));
    drain();
    Files.write(directory.resolve("catalog.map"), new byte[] {1, 2, 3});
    start(LEASE_NANOS);
    assertThat(first).isEqualTo(new Applied(0, 0, false, List.of()));
    feed(0);
    appliedUpTo(history.last());
    assertThat(peer(Role.TOOL, 2).ask(new Digest())).isEqualTo(digested);
  }

  @Test
  @Tag("C4")
  void goesOnFromACheckpointWhenTheMapIsLost() throws Exception {
    bringUp();
    for (int i = 0; i < 2 * CHECKPOINT_ENTRIES; i++) {
      history.trade(Side.SELL, 1, "FishCo");
    }
    feed(history.last() - 2 * CHECKPOINT_ENTRIES);
    appliedUpTo(history.last());
    awaitCheckpoint();
    trade("FishCo");
    appliedUpTo(history.last());
    var digested = (Digested) peer(Role.TOOL, 1).ask(new Digest());
    drain();
    Files.delete(directory.resolve("catalog.map"));
    start(LEASE_NANOS);
    assertThat(first.index()).isPositive().isLessThan(history.last());
    assertThat(first.checksum()).isEqualTo(history.checksumAt(first.index()));
    feed(first.index());
    appliedUpTo(history.last());
    assertThat(peer(Role.TOOL, 2).ask(new Digest())).isEqualTo(digested);
  }

  /** It is written beside the work, so a test has to wait for it. */
  private void awaitCheckpoint() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    Path file = directory.resolve("checkpoint-%019d".formatted(history.last()));
    while (!Files.exists(file)) {
      assertThat(System.nanoTime() - end).as("waits for %s", file).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  @Tag("C4")
  void beginsAnewForALeaderThatDoesNotKnowItsLog() throws Exception {
    bringUp();
    long index = history.last();
    leader.send(0, new Foreign(2, index - 1, 0));
    assertThat(leader.pushed(Applied.class).index()).as("not what it has").isEqualTo(index);
    leader.send(0, new Foreign(2, index, history.checksumAt(index)));
    assertThat(leader.pushed(Applied.class)).isEqualTo(new Applied(0, 0, false, List.of()));
    var other = new History(2);
    leader.send(0, other.apply(0, 1));
    assertThat(leader.pushed(Propose.class).stocks()).as("listed anew").hasSize(10);
  }

  @Test
  @Tag("C7")
  void toolsListStocksIntoTheRunningSystem() throws Exception {
    Peer tool = peer(Role.TOOL, 1);
    var stocks = List.of(stock("NewCo"), stock("FishCo"));
    assertThat(((Failed) tool.ask(new ListStocks(stocks))).status()).isEqualTo(Status.UNAVAILABLE);
    bringUp();
    CompletableFuture<Message> listed = tool.call(new ListStocks(stocks));
    Propose proposal = leader.pushed(Propose.class);
    assertThat(proposal.stocks()).extracting(Stock::name).containsExactly("NewCo");
    history.list("NewCo", 5);
    feed(history.last() - 1);
    assertThat(listed.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo(new Listed(1, 1));
  }

  @Test
  @Tag("C6")
  void refusesAListingThatDoesNotFit() throws Exception {
    bringUp();
    var stocks = new ArrayList<Stock>();
    for (int i = 0; i <= STOCKS_MAX - 10; i++) {
      stocks.add(stock("Co-" + i));
    }
    var failed = (Failed) peer(Role.TOOL, 1).ask(new ListStocks(stocks));
    assertThat(failed.status()).isEqualTo(Status.REFUSED);
    assertThat(failed.detail()).contains("there are 10 of 100").contains("--stocks-max");
  }

  @Test
  @Tag("C3")
  void rebuildsOnceOnCorruptionThenStopsAndSaysWhy() throws Exception {
    bringUp();
    history.trade(Side.BUY, 1_000, "FishCo");
    feed(history.last() - 1);
    assertThat(leader.pushed(Applied.class)).isEqualTo(new Applied(0, 0, false, List.of()));
    assertThat(stopped).isNotDone();
    feed(0);
    assertThat(stopped.get(SECONDS_MAX, TimeUnit.SECONDS)).contains("entry " + history.last());
  }

  private static Stock stock(String name) {
    return new Stock(name, 100, 5, 0, 0, 0);
  }
}
