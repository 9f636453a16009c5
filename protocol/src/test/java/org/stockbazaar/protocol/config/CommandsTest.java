package org.stockbazaar.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandsTest {
  @Command(name = "node")
  static final class Node implements Callable<Integer> {
    @Option(names = "--http-port", defaultValue = "7")
    int port;

    @Option(names = "--peer")
    HostPort peer;

    @Override
    public Integer call() {
      if (port == 0) {
        throw new FailedException("port 0 is taken; choose another one");
      }
      return 0;
    }
  }

  private final Node node = new Node();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine line = Commands.of(node, environment).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  @Tag("O8")
  void flagGoesBeforeEnvironmentAndEnvironmentBeforeDefault() {
    run(Map.of());
    assertThat(node.port).isEqualTo(7);
    run(Map.of("BAZAAR_HTTP_PORT", "8"));
    assertThat(node.port).isEqualTo(8);
    run(Map.of("BAZAAR_HTTP_PORT", "8"), "--http-port", "9");
    assertThat(node.port).isEqualTo(9);
  }

  @Test
  void failureIsOneLineAndStatusOne() {
    assertThat(run(Map.of(), "--http-port", "0")).isEqualTo(1);
    assertThat(err)
        .hasToString("node: port 0 is taken; choose another one" + System.lineSeparator());
  }

  @Test
  void unknownOptionIsStatusTwoWithASuggestion() {
    assertThat(run(Map.of(), "--http-prot", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("--http-prot").contains("--http-port");
  }

  @Test
  void badValueNamesOptionAndRule() {
    assertThat(run(Map.of(), "--peer", "nowhere")).isEqualTo(2);
    assertThat(err.toString()).contains("--peer").contains("write host:port");
  }
}
