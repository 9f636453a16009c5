package org.stockbazaar.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.protocol.config.FailedException;

@Tag("D1")
class SettingsTest {
  private static final Layout LAYOUT = new Layout(Path.of("/data"));

  @TempDir private Path directory;

  @Test
  void gatewaysListenInStepsOfTen() {
    List<NodePlan> nodes = Settings.DEFAULT.withNodes(1, 3).nodes(LAYOUT);
    assertThat(nodes.stream().filter(n -> n.kind() == Kind.GATEWAY).map(n -> n.address().port()))
        .containsExactly(8080, 8090, 8100);
  }

  @Test
  @Tag("G10")
  void operatorsReachAGatewayOnThePortAboveItsOwn() {
    var settings = Settings.DEFAULT.withNodes(1, 2);
    NodePlan second = settings.nodes(LAYOUT).get(3);
    assertThat(second.name()).isEqualTo("gateway-2");
    assertThat(second.ports()).containsExactly(8090, 8091);
    assertThat(second.arguments())
        .containsSequence("--admin-port", "8091", "--token", "/data/token");
    assertThat(settings.adminAddress(2).port()).isEqualTo(8091);
  }

  @Test
  void noTwoProcessesShareAPort() {
    Set<Integer> ports = new HashSet<>();
    for (NodePlan node : Settings.DEFAULT.withNodes(7, 20).nodes(LAYOUT)) {
      for (int port : node.ports()) {
        assertThat(ports.add(port)).as("port %s of %s", port, node.name()).isTrue();
      }
    }
  }

  @Test
  void orderNodesKnowEachOtherAndTheCatalog() {
    NodePlan order = Settings.DEFAULT.withNodes(3, 1).with("os", "on").nodes(LAYOUT).get(2);
    assertThat(order.name()).isEqualTo("order-2");
    assertThat(order.arguments())
        .containsSequence("--listen", "127.0.0.1:9100")
        .containsSequence("--data", "/data/order-2")
        .containsSequence("--peers", "1=127.0.0.1:9090,2=127.0.0.1:9100,3=127.0.0.1:9110")
        .containsSequence("--catalog", "127.0.0.1:9080")
        .containsSequence("--sync", "os");
  }

  @Test
  @Tag("O2")
  void onlyWhereItIsAllowedOrderNodesReset() {
    assertThat(Settings.DEFAULT.nodes(LAYOUT).get(1).arguments()).doesNotContain("--allow-reset");
    assertThat(Settings.DEFAULT.withReset(true).nodes(LAYOUT).get(1).arguments())
        .contains("--allow-reset");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    var settings = new Settings(3, 2, 8300, "os", "/stocks.csv", 2_000_000, 9_000, "off", true);
    settings.write(directory.resolve("cluster.json"));
    assertThat(new Layout(directory).settings()).isEqualTo(settings);
  }

  @Test
  void secretsAreKeptAndAreTheirOwnersAlone() throws IOException {
    var layout = new Layout(directory);
    layout.create();
    String secret = Files.readString(layout.secret());
    layout.create();
    assertThat(Files.readString(layout.secret())).isEqualTo(secret).hasSize(65);
    for (Path file : List.of(layout.secret(), layout.token())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void oneCommandAtATimeStartsOrStops() throws IOException {
    var layout = new Layout(directory);
    var lock = layout.lock();
    assertThatThrownBy(layout::lock)
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("wait");
    lock.close();
    layout.lock().close();
  }

  @Test
  void whatAnOlderFileDoesNotHaveIsAsByDefault() throws IOException {
    Path file = directory.resolve("cluster.json");
    Files.writeString(file, "{\"replicas\":3,\"gateways\":2,\"port\":9000,\"sync\":\"os\"}");
    assertThat(Settings.read(file))
        .isEqualTo(Settings.DEFAULT.withNodes(3, 2).withPort(9000).with("os", "on"));
  }

  @Test
  void refusesWhatCannotBeStarted() {
    assertThatThrownBy(() -> Settings.DEFAULT.withNodes(2, 1)).hasMessageContaining("--replicas 2");
    assertThatThrownBy(() -> Settings.DEFAULT.withNodes(1, 0)).hasMessageContaining("--gateways 0");
    assertThatThrownBy(() -> Settings.DEFAULT.withPort(65_000))
        .hasMessageContaining("--port 65000");
  }
}
