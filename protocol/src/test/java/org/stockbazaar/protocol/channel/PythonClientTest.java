package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.config.HostPort;

/** The specification suffices: a client in another language, written from it alone, is served. */
class PythonClientTest {
  private static final Path CLIENT = Path.of("src", "test", "python", "lookup.py");

  private final Rig rig = new Rig();

  /** How a command ended. */
  private record Ended(int status, String output) {}

  @BeforeEach
  void hasPython() {
    assumeTrue(runs("python3", "--version"), "there is no python3 on the PATH");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static boolean runs(String... command) {
    try {
      return run(List.of(command)).status == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private static Ended run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      return new Ended(process.exitValue(), output.strip());
    } finally {
      process.destroyForcibly();
    }
  }

  private static Ended lookUp(HostPort address, String secretByte) throws Exception {
    var command = new ArrayList<>(List.of("python3", CLIENT.toString()));
    command.add(address.host());
    command.add(String.valueOf(address.port()));
    command.add(String.join("", Collections.nCopies(32, secretByte)));
    command.add("GameStart");
    return run(command);
  }

  @Test
  void looksAStockUp() throws Exception {
    assertThat(lookUp(rig.serve(), "07")).isEqualTo(new Ended(0, "GameStart 15.99 100 0 0"));
  }

  @Test
  void isRefusedWithAnotherSecret() throws Exception {
    var ended = lookUp(rig.serve(), "08");
    assertThat(ended.status).isEqualTo(1);
    assertThat(ended.output).contains("the node closed the channel");
  }
}
