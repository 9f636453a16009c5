package org.stockbazaar.protocol.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.metrics.Metrics;

class HealthServerTest {
  private static final HostPort ANY = new HostPort("127.0.0.1", 0);

  private final Transport transport = Transport.open("test");
  private final Metrics metrics = new Metrics();
  private volatile List<String> missing = List.of();
  private final HealthServer server = new HealthServer(transport, metrics, () -> missing);

  @AfterEach
  void close() {
    transport.close();
  }

  private static String get(HostPort address, String request) throws IOException {
    try (var socket = new Socket(address.host(), address.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  @Tag("G11")
  void tellsHealthAndNamesWhatIsMissing() throws IOException {
    metrics.gauge("bazaar_epoch", "Epoch.", () -> 5);
    HostPort address = server.start(ANY);
    assertThat(get(address, "GET /livez HTTP/1.1")).startsWith("HTTP/1.1 200").endsWith("live\n");
    assertThat(get(address, "GET /readyz HTTP/1.1")).startsWith("HTTP/1.1 200");
    missing = List.of("a leader", "the catalog");
    assertThat(get(address, "GET /readyz HTTP/1.1"))
        .startsWith("HTTP/1.1 503")
        .endsWith("not ready: a leader, the catalog\n");
    assertThat(get(address, "GET /metrics HTTP/1.1")).contains("\nbazaar_epoch 5\n");
    assertThat(get(address, "GET /other HTTP/1.1")).startsWith("HTTP/1.1 404");
    assertThat(get(address, "POST /livez HTTP/1.1")).startsWith("HTTP/1.1 400");
  }

  @Test
  void saysWhichPortIsBusy() {
    HostPort address = server.start(ANY);
    assertThatExceptionOfType(FailedException.class)
        .isThrownBy(() -> new HealthServer(transport, metrics, List::of).start(address))
        .withMessageContaining(address.toString());
  }
}
