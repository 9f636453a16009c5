package org.stockbazaar.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.order.server.OrderConfiguration;
import org.stockbazaar.protocol.config.Commands;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

class OrderMainTest {
  private static final String PEERS = "1=127.0.0.1:21001,2=127.0.0.1:21002,3=127.0.0.1:21003";

  @TempDir private Path directory;
  private Path secret;

  @BeforeEach
  void writeSecret() throws IOException {
    secret = Files.writeString(directory.resolve("secret"), "0123456789abcdef".repeat(4));
  }

  private static OrderConfiguration parse(Map<String, String> environment, String... arguments) {
    var command = new OrderMain();
    Commands.of(command, environment).parseArgs(arguments);
    return command.configuration();
  }

  private String[] flags(String node) {
    return new String[] {
      "--node=" + node,
      "--peers=" + PEERS,
      "--catalog=127.0.0.1:21000",
      "--listen=127.0.0.1:21002",
      "--http-port=0",
      "--data=" + directory,
      "--secret=" + secret,
      "--sync=os"
    };
  }

  @Test
  @Tag("O8")
  void takesTheSameByFlagAndByEnvironment() {
    var byFlag = parse(Map.of(), flags("2"));
    var byEnvironment =
        parse(
            Map.of(
                "BAZAAR_NODE", "2",
                "BAZAAR_PEERS", PEERS,
                "BAZAAR_CATALOG", "127.0.0.1:21000",
                "BAZAAR_LISTEN", "127.0.0.1:21002",
                "BAZAAR_HTTP_PORT", "0",
                "BAZAAR_DATA", directory.toString(),
                "BAZAAR_SECRET", secret.toString(),
                "BAZAAR_SYNC", "os"));
    assertThat(byEnvironment).usingRecursiveComparison().ignoringFields("secret").isEqualTo(byFlag);
    assertThat(byEnvironment.secret().cluster()).isEqualTo(byFlag.secret().cluster());
    assertThat(byFlag.force()).isFalse();
    assertThat(byFlag.peers().addresses().get(3)).isEqualTo(new HostPort("127.0.0.1", 21003));
  }

  @Test
  @Tag("O8")
  void refusesANodeThatIsNoneOfItsPeers() {
    assertThatThrownBy(() -> parse(Map.of(), flags("7")))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("--node 7")
        .hasMessageContaining("[1, 2, 3]");
  }
}
