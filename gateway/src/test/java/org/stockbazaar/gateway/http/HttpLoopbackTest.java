package org.stockbazaar.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.metrics.Metrics;

/** What only real sockets show: half-closing, large replies, the end of the process. */
class HttpLoopbackTest {
  private static final String GET = "GET /stocks/GameStart HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int SECONDS_MAX = 60;

  private final Transport transport = Transport.open("loopback");
  private final FakeMarket market = new FakeMarket();
  private final Metrics metrics = new Metrics();
  private final HttpServer server =
      new HttpServer(
          market, metrics, new GatewayStart(1, 1), HttpLimits.standard(), System::nanoTime);
  private final HostPort address =
      server.start(transport, new HostPort("127.0.0.1", 0), "--listen");

  @AfterEach
  void close() {
    transport.close();
  }

  private Socket connect() throws IOException {
    var socket = new Socket(address.host(), address.port());
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS_MAX));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String readToEnd(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** One reply, by its Content-Length. */
  private static String readReply(Socket socket) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append((char) socket.getInputStream().read());
    }
    int from = text.indexOf("Content-Length: ") + 16;
    int length = Integer.parseInt(text.substring(from, text.indexOf("\r\n", from)));
    text.append(
        new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1));
    return text.toString();
  }

  private void onLoop(Runnable what) throws Exception {
    transport.loop().submit(what).get(SECONDS_MAX, TimeUnit.SECONDS);
  }

  @Test
  @Tag("G6")
  void anErrorCanBeReadThoughTheClientStillSends() throws Exception {
    try (Socket socket = connect()) {
      send(socket, "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 700000\r\n\r\n");
      send(socket, "a".repeat(700_000));
      assertThat(readReply(socket)).startsWith("HTTP/1.1 413 ").contains("Connection: close");
      assertThat(readToEnd(socket)).isEmpty();
    }
  }

  @Test
  @Tag("G7")
  void answersAClientThatClosedItsSideAndThenCloses() throws Exception {
    try (Socket socket = connect()) {
      send(socket, GET + GET);
      socket.shutdownOutput();
      String all = readToEnd(socket);
      assertThat(all.split("\"GameStart\"", -1)).hasSize(3);
    }
  }

  @Test
  @Tag("G6")
  void readsNoMoreOfABusyClientThoughItClosedItsSide() throws Exception {
    onLoop(() -> market.answersLater = true);
    int count = 200;
    long before = directBytes();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      var client = connect();
      send(client, GET.repeat(2_000));
      client.shutdownOutput();
      clients.add(client);
    }
    awaitRequests(count);
    try (Socket other = connect()) {
      // That the loop has seen whatever the others did.
      send(other, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(readReply(other)).startsWith("HTTP/1.1 200 ");
    }
    // Each sent 88 KB, 18 MB together.
    assertThat(directBytes() - before).isLessThan(6L * 1024 * 1024);
    for (Socket client : clients) {
      client.close();
    }
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  @Tag("G7")
  void pipelinesLargeRepliesInOrder() throws Exception {
    onLoop(market::listThousand);
    int times = 40;
    String list = "GET /stocks?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Socket socket = connect()) {
      var sender = new Thread(() -> sendAll(socket, (list + GET).repeat(times)), "sender");
      sender.start();
      for (int i = 0; i < times; i++) {
        assertThat(readReply(socket)).contains("\"data\":[").contains("\"next\":\"");
        assertThat(readReply(socket)).contains("\"data\":{\"name\":\"GameStart\"");
      }
    }
  }

  @Test
  @Tag("G7")
  void aSlowClientGetsItsLastReplyAndEndsTheSessionItself() throws Exception {
    onLoop(market::listThousand);
    String list = "GET /stocks?limit=1000 HTTP/1.1\r\nHost: x\r\n";
    // So many replies in front that for one of these the last one fills what the sockets take.
    for (int before = 0; before < 60; before++) {
      onLoop(market.calls::clear);
      try (Socket socket = connect()) {
        send(socket, (list + "\r\n").repeat(before) + list + "Connection: close\r\n\r\n");
        awaitCallsOrStall(before + 1);
        assertThat(readToEnd(socket).split("\"next\":", -1)).hasSize(before + 2);
      }
    }
    onLoop(() -> {});
    assertThat(metrics.text()).contains("bazaar_http_sessions_cut_total 0\n");
  }

  /** Returns when the market was asked so often, or the client has to read first. */
  private void awaitCallsOrStall(int count) throws Exception {
    var seen = new int[1];
    for (int i = 0; i < 300 && seen[0] < count; i++) {
      onLoop(() -> seen[0] = market.calls.size());
    }
  }

  private static void sendAll(Socket socket, String text) {
    try {
      send(socket, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Tag("G12")
  void drainsWithoutDroppingAnythingThatWasAccepted() throws Exception {
    onLoop(() -> market.answersLater = true);
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Socket socket = connect();
      sockets.add(socket);
      send(socket, GET);
    }
    awaitRequests(20);
    var drained = new CountDownLatch(1);
    onLoop(() -> server.drain(drained::countDown));
    onLoop(
        () -> {
          while (!market.later.isEmpty()) {
            market.answerNext();
          }
        });
    for (Socket socket : sockets) {
      assertThat(readToEnd(socket)).startsWith("HTTP/1.1 200 ").contains("Connection: close");
      socket.close();
    }
    assertThat(drained.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
  }

  private void awaitRequests(int count) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    var seen = new int[1];
    while (seen[0] < count && System.nanoTime() < deadline) {
      onLoop(() -> seen[0] = market.later.size());
    }
    assertThat(seen[0]).isEqualTo(count);
  }
}
