package org.stockbazaar.order.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Order;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;

/** One order node on real sockets and files, beside a catalog that behaves. */
class OrderServerTest {
  private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);

  @TempDir private Path directory;
  private final ClusterSecret secret = ClusterSecret.of(new byte[32]);
  private final List<Transport> transports = new ArrayList<>();
  private HostPort catalog;
  private OrderServer node;
  private Transport nodeTransport;
  private Gateway gateway;

  private Transport transport(String name) {
    var transport = Transport.open(name);
    transports.add(transport);
    return transport;
  }

  @BeforeEach
  void startAll() {
    catalog = new FakeCatalog(transport("catalog"), secret).start();
    startNode();
  }

  private void startNode() {
    var configuration =
        new OrderConfiguration(
            1,
            PeerList.parse("1=127.0.0.1:1"),
            catalog,
            ANY_PORT,
            ANY_PORT,
            directory.resolve("order-1"),
            secret,
            true,
            false,
            null);
    nodeTransport = transport("order");
    node =
        new OrderServer(
            nodeTransport,
            configuration,
            (reason, cause) -> {
              throw new AssertionError(reason, cause);
            });
    node.start();
    gateway = new Gateway(transport("gateway"), secret, 1, node.address());
  }

  private void stopNode() {
    drainNode();
    gateway.close();
  }

  private void drainNode() {
    var done = new CompletableFuture<Void>();
    nodeTransport.loop().execute(() -> node.drain(() -> done.complete(null)));
    Gateway.get(done);
  }

  @AfterEach
  void closeAll() {
    stopNode();
    transports.forEach(Transport::close);
  }

  private Pong ping() {
    return (Pong) gateway.ask(new Ping());
  }

  private void elect() {
    long epoch = ping().epoch();
    assertThat(gateway.ask(new Nominate(epoch, List.of(1)))).isEqualTo(new Elected(epoch + 1));
    awaitHealth("/readyz", "ready\n");
  }

  private Trade buy(int key, long quantity) {
    return new Trade(ping().epoch(), new Key(1, key), Side.BUY, quantity, FakeCatalog.STOCK);
  }

  private String health(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + node.healthAddress() + path)).build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitHealth(String path, String part) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!health(path).contains(part)) {
      assertThat(System.nanoTime() - deadline).as(health(path)).isNegative();
    }
  }

  @Test
  @Tag("O2")
  @Tag("O5")
  void tradesOnceNominatedAndFindsTheOrder() {
    elect();
    assertThat(gateway.ask(buy(1, 10))).isEqualTo(new Traded(0));
    assertThat(gateway.ask(buy(2, 20))).isEqualTo(new Traded(1));
    assertThat(gateway.ask(buy(1, 10))).as("a repeat under its key").isEqualTo(new Traded(0));
    assertThat(gateway.ask(new FindOrder(1)))
        .isEqualTo(new Order(1, Side.BUY, 20, FakeCatalog.STOCK));
    assertThat(((Failed) gateway.ask(new FindOrder(2))).status()).isEqualTo(Status.NOT_FOUND);
    assertThat(ping().nextNumber()).isEqualTo(2);
  }

  @Test
  @Tag("O6")
  void refusesWithAReasonAndChangesNothing() {
    elect();
    assertThat(((Failed) gateway.ask(buy(1, 1_001))).reason())
        .isEqualTo(Reason.QUANTITY_INSUFFICIENT);
    assertThat(((Failed) gateway.ask(buy(2, 0))).status()).isEqualTo(Status.BAD_REQUEST);
    var unknown =
        (Failed) gateway.ask(new Trade(ping().epoch(), new Key(1, 3), Side.SELL, 1, "Nobody"));
    assertThat(unknown.status()).isEqualTo(Status.NOT_FOUND);
    assertThat(unknown.reason()).isEqualTo(Reason.UNKNOWN_STOCK);
    assertThat(ping().nextNumber()).isZero();
  }

  @Test
  @Tag("O6")
  void closesTheChannelOfWhoAsksWhatNoGatewayMay() {
    assertThat(gateway.ask(new Message.Renew())).isNull();
    gateway.awaitClosed();
  }

  @Test
  void refusesTradesBeforeItIsNominated() {
    assertThat(((Failed) gateway.ask(buy(1, 1))).status()).isEqualTo(Status.NOT_LEADER);
    assertThat(health("/readyz")).contains("a leader");
  }

  @Test
  @Tag("O2")
  @Tag("O3")
  void goesOnWithTheNextNumberAfterARestart() {
    elect();
    assertThat(gateway.ask(buy(1, 10))).isEqualTo(new Traded(0));
    stopNode();
    startNode();
    elect();
    assertThat(gateway.ask(buy(1, 10))).isEqualTo(new Traded(0));
    assertThat(gateway.ask(buy(2, 990))).isEqualTo(new Traded(1));
    assertThat(((Failed) gateway.ask(buy(3, 1))).reason()).isEqualTo(Reason.QUANTITY_INSUFFICIENT);
    assertThat(gateway.ask(new FindOrder(0)))
        .isEqualTo(new Order(0, Side.BUY, 10, FakeCatalog.STOCK));
  }

  @Test
  void whateverItTookItAnswersBeforeItStops() {
    elect();
    var replies = new ArrayList<CompletableFuture<Message>>();
    for (int i = 0; i < 200; i++) {
      replies.add(gateway.asked(buy(i, 1)));
    }
    Gateway.get(replies.get(0));
    drainNode();
    long traded = replies.stream().filter(reply -> Gateway.get(reply) instanceof Traded).count();
    gateway.close();
    startNode();
    assertThat(ping().nextNumber()).as("what was logged was answered").isEqualTo(traded);
  }

  @Test
  @Tag("O8")
  void tellsItsStateInMetrics() {
    elect();
    gateway.ask(buy(1, 10));
    assertThat(health("/metrics"))
        .contains("bazaar_order_epoch 1\n")
        .contains("bazaar_order_leader 1\n")
        .contains("bazaar_order_serving 1\n")
        .contains("bazaar_order_voter 1\n")
        .contains("bazaar_order_leader_heard 1\n")
        .contains("bazaar_order_terms_total 1\n")
        .contains("bazaar_order_last_number 0\n")
        .contains("bazaar_order_commit_index 2\n")
        .contains("bazaar_order_last_index 2\n")
        .contains("bazaar_request_seconds_count{kind=\"trade\"} 1\n");
  }
}
