package org.stockbazaar.order.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Order;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Side;

/** Three order nodes in one process, on real sockets and files. */
class OrderGroupTest {
  private static final HostPort ANY_PORT = new HostPort("127.0.0.1", 0);
  private static final int PORT_MIN = 20_000;

  /** Ports that clients are given by the system begin here on Linux. */
  private static final int PORT_MAX = 32_000;

  private static int portNext = PORT_MIN;

  @TempDir private Path directory;
  private final ClusterSecret secret = ClusterSecret.of(new byte[32]);
  private final Map<Integer, OrderServer> nodes = new TreeMap<>();
  private final Map<Integer, Transport> loops = new TreeMap<>();
  private final Map<Integer, Gateway> gateways = new TreeMap<>();
  private final List<Transport> transports = new ArrayList<>();
  private PeerList peers;
  private HostPort catalog;

  private Transport transport(String name) {
    var transport = Transport.open(name);
    transports.add(transport);
    return transport;
  }

  private static int freePort() {
    while (portNext < PORT_MAX) {
      try (var socket = new ServerSocket(portNext++, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody has it; the next one, then.
      }
    }
    throw new AssertionError("no free port");
  }

  @BeforeEach
  void startAll() {
    catalog = new FakeCatalog(transport("catalog"), secret).start();
    var addresses = new TreeMap<Integer, HostPort>();
    for (int id = 1; id <= 3; id++) {
      addresses.put(id, new HostPort("127.0.0.1", freePort()));
    }
    peers = new PeerList(addresses);
    for (int id = 1; id <= 3; id++) {
      start(id);
    }
  }

  private void start(int id) {
    var configuration =
        new OrderConfiguration(
            id,
            peers,
            catalog,
            peers.addresses().get(id),
            ANY_PORT,
            directory.resolve("order-" + id),
            secret,
            true,
            false,
            null);
    var loop = transport("order-" + id);
    var node =
        new OrderServer(
            loop,
            configuration,
            (reason, cause) -> {
              throw new AssertionError(reason, cause);
            });
    node.start();
    nodes.put(id, node);
    loops.put(id, loop);
    gateways.put(id, new Gateway(transport("gateway"), secret, id, node.address()));
  }

  private void stop(int id) {
    var node = nodes.remove(id);
    var done = new CompletableFuture<Void>();
    loops.get(id).loop().execute(() -> node.drain(() -> done.complete(null)));
    Gateway.get(done);
    gateways.remove(id).close();
  }

  @AfterEach
  void closeAll() {
    List.copyOf(nodes.keySet()).forEach(this::stop);
    transports.forEach(Transport::close);
  }

  private Pong ping(int id) {
    return (Pong) gateways.get(id).ask(new Ping());
  }

  /** Nominates until it leads: its peers' channels may not be open yet, or still hear a leader. */
  private void elect(int id) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Message reply;
    do {
      assertThat(System.nanoTime() - deadline).as("time to elect order-%d", id).isNegative();
      reply = gateways.get(id).ask(new Nominate(ping(id).epoch(), List.of()));
    } while (!(reply instanceof Elected));
  }

  private Message trade(int id, int key) {
    return ask(id, () -> trade(ping(id).epoch(), key), Traded.class);
  }

  private static Trade trade(long epoch, int key) {
    return new Trade(epoch, new Key(1, key), Side.BUY, 1, FakeCatalog.STOCK);
  }

  /** On a slow machine a leader may step down between two requests: it is elected again then. */
  private Message ask(int id, Message request, Class<? extends Message> expected) {
    return ask(id, () -> request, expected);
  }

  private Message ask(int id, Supplier<Message> request, Class<? extends Message> expected) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Message reply = gateways.get(id).ask(request.get());
    while (!expected.isInstance(reply)) {
      assertThat(System.nanoTime() - deadline).as(request + ": " + reply).isNegative();
      elect(id);
      reply = gateways.get(id).ask(request.get());
    }
    return reply;
  }

  private void awaitNextNumber(int id, long number) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (ping(id).nextNumber() != number) {
      assertThat(System.nanoTime() - deadline).as(ping(id) + " to reach " + number).isNegative();
      trade(2, 0);
    }
  }

  @Test
  @Tag("O2")
  @Tag("R4")
  @Tag("R5")
  void goesOnWithoutItsLeaderAndTakesItBack() {
    elect(3);
    for (int i = 0; i < 20; i++) {
      assertThat(trade(3, i)).isEqualTo(new Traded(i));
    }
    stop(3);
    elect(2);
    assertThat(trade(2, 7)).as("a repeat under its key").isEqualTo(new Traded(7));
    for (int i = 20; i < 40; i++) {
      assertThat(trade(2, i)).isEqualTo(new Traded(i));
    }
    assertThat(ask(2, new FindOrder(3), Order.class))
        .isEqualTo(new Order(3, Side.BUY, 1, FakeCatalog.STOCK));
    start(3);
    awaitNextNumber(3, 40);
    assertThat(ping(3).leader()).as("it does not take over by itself").isNotEqualTo(3);
  }

  /** Waits for a voter with everything that replica 3 has. */
  private void awaitVoter(int id) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!(ping(id).voter() && ping(id).commitIndex() == ping(3).commitIndex())) {
      assertThat(System.nanoTime() - deadline).as(ping(id) + " to vote").isNegative();
      ask(3, new FindOrder(0), Order.class);
    }
  }

  private byte[] log(int id) throws IOException {
    return Files.readAllBytes(segment(id));
  }

  private Path segment(int id) {
    return directory.resolve("order-" + id).resolve("orders-00000000000000000001.log");
  }

  private void tradeSome() {
    elect(3);
    for (int i = 0; i < 20; i++) {
      assertThat(trade(3, i)).isEqualTo(new Traded(i));
    }
  }

  @Test
  @Tag("R8")
  void aReplicaWhoseDirectoryIsGoneIsFilledAndVotesAgain() throws IOException {
    tradeSome();
    stop(1);
    try (var files = Files.walk(directory.resolve("order-1"))) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
    start(1);
    awaitVoter(1);
    stop(2);
    assertThat(trade(3, 20)).as("with the vote of replica 1").isEqualTo(new Traded(20));
  }

  @Test
  @Tag("O4")
  void aFlippedBitIsRepairedFromThePeers() throws IOException {
    tradeSome();
    stop(1);
    byte[] bytes = log(1);
    byte[] garbled = bytes.clone();
    garbled[5 * 128 + 50] ^= 1;
    Files.write(segment(1), garbled);
    start(1);
    awaitVoter(1);
    assertThat(Arrays.mismatch(bytes, 0, 20 * 128, log(1), 0, 20 * 128))
        .as("equal but for the records' own marks")
        .satisfiesAnyOf(
            at -> assertThat(at).isNegative(), at -> assertThat(at % 128).isGreaterThan(119));
    assertThat(log(1)[5 * 128 + 50]).isEqualTo(bytes[5 * 128 + 50]);
  }

  @Test
  @Tag("R2")
  void aLeaderThatIsStoppedHandsOverWithoutANomination() {
    elect(3);
    assertThat(trade(3, 0)).isEqualTo(new Traded(0));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    stop(3);
    while (!leadsSoon(1, 2)) {
      // On a slow machine it may have led no more when it was stopped.
      assertThat(System.nanoTime() - deadline).as("time to take over").isNegative();
      start(3);
      elect(3);
      stop(3);
    }
  }

  private boolean leadsSoon(int... ids) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() - deadline < 0) {
      for (int id : ids) {
        if (ping(id).serving()) {
          assertThat(gateways.get(id).ask(new FindOrder(0)))
              .isEqualTo(new Order(0, Side.BUY, 1, FakeCatalog.STOCK));
          return true;
        }
      }
    }
    return false;
  }

  @Test
  @Tag("R1")
  void everyReplicaNamesTheLeader() {
    elect(3);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!(ping(1).leader() == 3 && ping(2).leader() == 3 && ping(3).serving())) {
      assertThat(System.nanoTime() - deadline).as("time to name it").isNegative();
      trade(3, 1);
    }
  }
}
