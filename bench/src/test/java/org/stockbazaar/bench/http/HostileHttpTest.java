package org.stockbazaar.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.HttpLimits;
import org.stockbazaar.gateway.http.HttpServer;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.metrics.Metrics;

/** Every hostile input gets the answer that the specification says, over real sockets. */
class HostileHttpTest {
  private static final int CLIENTS = 16;

  private Transport transport;

  @BeforeEach
  void open() {
    transport = Transport.open("hostile");
  }

  @AfterEach
  void close() {
    transport.close();
  }

  /** A server with limits so far apart that a slow machine cannot meet the wrong one. */
  private HostPort serve(long idleMillis, long readMillis) {
    var standard = HttpLimits.standard();
    var limits =
        new HttpLimits(
            standard.lineBytesMax(),
            standard.headerBytesMax(),
            standard.bodyBytesMax(),
            standard.sessionsMax(),
            standard.requestsMax(),
            TimeUnit.MILLISECONDS.toNanos(idleMillis),
            TimeUnit.MILLISECONDS.toNanos(readMillis),
            TimeUnit.MINUTES.toNanos(1),
            TimeUnit.MINUTES.toNanos(1),
            TimeUnit.SECONDS.toNanos(1));
    var server =
        new HttpServer(
            new PaperMarket(), new Metrics(), new GatewayStart(1, 1), limits, System::nanoTime);
    return server.start(transport, new HostPort("127.0.0.1", 0), "--listen");
  }

  private static List<HostileInput> inputs(Predicate<HostileInput> wanted) throws IOException {
    List<HostileInput> inputs = HostileInput.all().stream().filter(wanted).toList();
    assertThat(inputs).isNotEmpty();
    return inputs;
  }

  private static void answersAsWritten(HostPort gateway, List<HostileInput> inputs)
      throws Exception {
    var client = new HostileClient(gateway);
    var pool = Executors.newFixedThreadPool(CLIENTS);
    try {
      var tasks = new ArrayList<Callable<List<String>>>();
      for (HostileInput input : inputs) {
        tasks.add(() -> client.complaints(input));
      }
      List<Future<List<String>>> results = pool.invokeAll(tasks);
      var findings = new ArrayList<String>();
      for (int i = 0; i < inputs.size(); i++) {
        for (String complaint : results.get(i).get()) {
          findings.add(inputs.get(i).cause() + ": " + complaint);
        }
      }
      assertThat(findings).isEmpty();
    } finally {
      pool.shutdownNow();
    }
    forgetsAll(gateway);
  }

  /** The service is up, and of all the sessions only the one that asks is left. */
  private static void forgetsAll(HostPort gateway) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    String figures = metrics(gateway);
    while (!figures.contains("\nbazaar_http_sessions 1\n") && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      figures = metrics(gateway);
    }
    assertThat(figures)
        .contains("\nbazaar_http_sessions 1\n")
        .contains("\nbazaar_http_requests 0\n")
        .contains("{status=\"500\"} 0\n");
  }

  private static String metrics(HostPort gateway) throws IOException {
    try (var socket = new Socket(gateway.host(), gateway.port())) {
      socket.setSoTimeout(60_000);
      String request = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void theFileHoldsManyInputsOfManyCauses() throws IOException {
    List<HostileInput> inputs = HostileInput.all();
    assertThat(inputs).hasSizeGreaterThanOrEqualTo(200);
    assertThat(inputs.stream().map(HostileInput::cause).distinct().count())
        .isGreaterThanOrEqualTo(180);
  }

  @Test
  @Tag("G6")
  void answersHostileInputs() throws Exception {
    answersAsWritten(serve(60_000, 60_000), inputs(input -> !input.isSlow()));
  }

  @Test
  @Tag("G6")
  void answersSlowInputs() throws Exception {
    answersAsWritten(
        serve(60_000, 300), inputs(input -> input.isSlow() && !input.statuses().isEmpty()));
  }

  @Test
  @Tag("G7")
  void closesSilentSessions() throws Exception {
    answersAsWritten(
        serve(500, 60_000), inputs(input -> input.isSlow() && input.statuses().isEmpty()));
  }
}
