package org.stockbazaar.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Quote;
import org.stockbazaar.protocol.channel.ChannelLimits;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.FrameClients;
import org.stockbazaar.protocol.channel.FrameServer;
import org.stockbazaar.protocol.channel.Identity;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Drop;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

/** The market over real channels to nodes that are played on the same event loop. */
class LiveMarketTest {
  private static final long SECONDS_MAX = 60;
  private static final Key KEY = new Key(7, 9);

  private final Map<Integer, Order> orders = new TreeMap<>();
  private Transport transport;
  private ClusterSecret secret;
  private Catalog catalog;
  private LiveMarket market;
  private int leader;
  private long epoch;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("secret");
    Files.writeString(file, "0123456789abcdef".repeat(4));
    secret = ClusterSecret.load(file);
    transport = Transport.open("market");
    catalog = new Catalog();
    var addresses = new TreeMap<Integer, HostPort>();
    for (int id = 1; id <= 3; id++) {
      orders.put(id, new Order(id));
      addresses.put(id, orders.get(id).address);
    }
    market =
        LiveMarket.open(
            new FrameClients(transport, identity(Role.GATEWAY, 1), new Metrics()),
            new GatewayStart(1, 1),
            new MarketOptions(
                catalog.address,
                new PeerList(addresses),
                TimeUnit.SECONDS.toNanos(SECONDS_MAX),
                MarketOptions.IN_FLIGHT_MAX,
                MarketOptions.CACHE_ENTRIES),
            new SplittableRandom(1),
            new Metrics());
    market.start();
    await("ready", () -> market.missing().isEmpty());
  }

  @AfterEach
  void stop() {
    transport.close();
  }

  @Test
  @Tag("G9")
  void aTradeInFlightWhenTheLeaderDiesIsAnsweredByTheNextOne() throws Exception {
    int first = on(() -> leader);
    on(() -> orders.get(first).mute = true);
    var told = trade();
    await("the leader has it", () -> !orders.get(first).trades.isEmpty());
    on(
        () -> {
          leader = 0;
          orders.get(first).kill();
          return true;
        });
    assertThat(told.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo(10);
    int second = on(() -> leader);
    assertThat(second).isNotEqualTo(first).isPositive();
    assertThat(on(() -> orders.get(second).trades))
        .contains(
            new Message.Trade(on(() -> epoch), KEY, Side.BUY, 5, "FishCo", new LetGo(1, 1, 0)));
  }

  @Test
  @Tag("K2")
  void aTradeSaysThatItsStockIsLetGo() throws Exception {
    assertThat(quantity()).isEqualTo(100);
    on(() -> catalog.quantity = 95);
    trade().get(SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(on(() -> orders.get(leader).trades))
        .contains(
            new Message.Trade(on(() -> epoch), KEY, Side.BUY, 5, "FishCo", new LetGo(1, 1, 1)));
    assertThat(quantity()).as("and it is, though the catalog drops nothing").isEqualTo(95);
  }

  @Test
  @Tag("K1")
  void aTradeThatWillBeRefusedLeavesItsStockInTheCache() throws Exception {
    on(() -> catalog.quantity = 4);
    assertThat(quantity()).isEqualTo(4);
    on(() -> catalog.quantity = 3);
    trade().get(SECONDS_MAX, TimeUnit.SECONDS);
    assertThat(on(() -> orders.get(leader).trades))
        .contains(new Message.Trade(on(() -> epoch), KEY, Side.BUY, 5, "FishCo"));
    assertThat(quantity()).as("no reason to ask again").isEqualTo(4);
  }

  @Test
  @Tag("K2")
  void whatTheCatalogDropsIsForgottenBeforeItIsAcknowledged() throws Exception {
    assertThat(quantity()).isEqualTo(100);
    assertThat(quantity()).isEqualTo(100);
    on(
        () -> {
          catalog.quantity = 90;
          catalog.connection.send(1, new Drop(List.of("FishCo")));
          catalog.connection.flush();
          return true;
        });
    await("acknowledged", () -> catalog.dropped == 1);
    assertThat(quantity()).isEqualTo(90);
  }

  @Test
  @Tag("K3")
  void overABrokenChannelTheCatalogIsAskedAgain() throws Exception {
    assertThat(quantity()).isEqualTo(100);
    on(
        () -> {
          catalog.quantity = 80;
          catalog.connection.close();
          return true;
        });
    await("connected again", () -> catalog.connections == 2);
    assertThat(quantity()).isEqualTo(80);
  }

  @Test
  @Tag("G12")
  void drainingTellsTheCatalogAndEnds() throws Exception {
    var done = new CompletableFuture<Boolean>();
    transport.loop().execute(() -> market.drain(() -> done.complete(true)));
    assertThat(done.get(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(on(() -> catalog.left)).isTrue();
  }

  private CompletableFuture<Long> trade() {
    var told = new CompletableFuture<Long>();
    transport.loop().execute(() -> market.trade(KEY, Side.BUY, 5, "FishCo", outcome(told)));
    return told;
  }

  private long quantity() throws Exception {
    var told = new CompletableFuture<Quote>();
    var loop = transport.loop();
    loop.execute(() -> market.stock("FishCo", loop.ticker().nanoTime(), outcome(told)));
    return told.get(SECONDS_MAX, TimeUnit.SECONDS).stock().quantity();
  }

  private static <T> Outcome<T> outcome(CompletableFuture<T> told) {
    return new Outcome<>() {
      @Override
      public void found(T value) {
        told.complete(value);
      }

      @Override
      public void failed(Problem problem) {
        told.completeExceptionally(new IOException(problem.toString()));
      }
    };
  }

  private <T> T on(Supplier<T> question) throws Exception {
    return transport.loop().submit(question::get).get(SECONDS_MAX, TimeUnit.SECONDS);
  }

  private void await(String what, Supplier<Boolean> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    try {
      while (!on(condition)) {
        assertThat(System.nanoTime() - end).as("waiting until %s", what).isNegative();
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }

  private Identity identity(Role role, int node) {
    return new Identity(role, node, 1, secret, List.of());
  }

  private FrameServer server(Role role, int node, Function<Connection, Session> to) {
    return new FrameServer(
        transport,
        identity(role, node),
        HostPort.parse("127.0.0.1:0"),
        to::apply,
        ChannelLimits.DEFAULT,
        new Metrics());
  }

  /** An order node that elects itself when asked and numbers trades by their keys. */
  private final class Order implements Session {
    final int id;
    final FrameServer server;
    final HostPort address;
    final List<Message> trades = new ArrayList<>();
    boolean mute;
    private Connection connection;

    Order(int id) {
      this.id = id;
      server = server(Role.ORDER, id, accepted -> connected(accepted));
      address = server.start();
    }

    private Session connected(Connection accepted) {
      connection = accepted;
      return this;
    }

    void kill() {
      server.close();
    }

    @Override
    public void received(long correlation, Message message) {
      Message reply = reply(message);
      if (reply != null) {
        connection.send(correlation, reply);
      }
    }

    private Message reply(Message message) {
      if (message instanceof Message.Ping) {
        return new Message.Pong(id, 1, true, epoch, 0, 0, 0, 0, leader, leader == id);
      }
      if (message instanceof Message.Nominate) {
        leader = id;
        epoch++;
        return new Message.Elected(epoch);
      }
      if (message instanceof Message.Trade trade) {
        trades.add(trade);
        if (leader != id) {
          return new Message.Failed(Status.NOT_LEADER, Reason.NONE, leader, "");
        }
        return mute ? null : new Message.Traded(10);
      }
      return null;
    }

    @Override
    public void readComplete() {
      connection.flush();
    }

    @Override
    public void closed() {}
  }

  /** A catalog of one stock. */
  private final class Catalog implements Session {
    final HostPort address;
    long quantity = 100;
    int dropped;
    boolean left;
    int connections;
    private Connection connection;

    Catalog() {
      address =
          server(Role.CATALOG, Identity.CATALOG_NODE, accepted -> connected(accepted)).start();
    }

    private Session connected(Connection accepted) {
      connection = accepted;
      connections++;
      return this;
    }

    @Override
    public void received(long correlation, Message message) {
      var stock = new Stock("FishCo", 1599, quantity, 0, 0, 1);
      if (message instanceof Message.Dropped) {
        dropped++;
      } else if (message instanceof Message.Renew) {
        connection.send(correlation, new Message.Renewed());
      } else if (message instanceof Message.Lookup) {
        connection.send(correlation, new Message.Found(stock));
      } else if (message instanceof Message.Browse) {
        connection.send(correlation, new Message.Page(List.of(stock), false));
      } else if (message instanceof Message.Leave) {
        left = true;
        connection.send(correlation, new Message.Left());
      }
    }

    @Override
    public void readComplete() {
      connection.flush();
    }

    @Override
    public void closed() {}
  }
}
