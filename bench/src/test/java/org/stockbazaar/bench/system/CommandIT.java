package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.bench.cluster.Settings;

/** {@code deploy/bazaar} itself, as people call it, from a directory that is not the repository. */
@Tag("D1")
class CommandIT {
  private static final Path SCRIPT =
      Path.of("").toAbsolutePath().getParent().resolve("deploy/bazaar");

  @TempDir private Path directory;

  private record Result(int status, String out, String err) {}

  private final Path data() {
    return directory.resolve("data");
  }

  @AfterEach
  void end() throws Exception {
    bazaar("down");
  }

  private Result bazaar(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data().toString()));
    return run(
        command,
        Map.of(
            "BAZAAR_CLASSPATH", absoluteClassPath(),
            "JAVA_HOME", System.getProperty("java.home")));
  }

  private static String absoluteClassPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Reads to the end of its output: a node that held the caller's streams would hang this. */
  private Result run(List<String> command, Map<String, String> environment) throws Exception {
    Path err = Files.createTempFile(directory, "err", "");
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BAZAAR_"));
    builder.environment().remove("JAVA_HOME");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    return new Result(process.exitValue(), out, Files.readString(err));
  }

  private Result require(int status, String... arguments) throws Exception {
    Result result = bazaar(arguments);
    assertThat(result.status())
        .as("%s: %s%s", String.join(" ", arguments), result.out(), result.err())
        .isEqualTo(status);
    return result;
  }

  private JsonNode process(String name) throws Exception {
    JsonNode status = new ObjectMapper().readTree(require(0, "status", "--json").out());
    for (JsonNode process : status.path("processes")) {
      if (process.path("name").asText().equals(name)) {
        return process;
      }
    }
    throw new AssertionError("no " + name + " in " + status);
  }

  /** The process whose role is leader, null when there is none just now. */
  private String leader() {
    try {
      JsonNode status = new ObjectMapper().readTree(require(0, "status", "--json").out());
      for (JsonNode process : status.path("processes")) {
        if (process.path("role").asText().equals("leader")) {
          return process.path("name").asText();
        }
      }
      return null;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSystemLivesFromUpToDown() throws Exception {
    String port = String.valueOf(Ports.freeFor(Settings.DEFAULT));
    assertThat(require(0, "up", "--port", port).out())
        .contains("http://127.0.0.1:" + port, "session", "down");
    assertThat(require(0, "up").out()).contains("running already");

    // On a busy machine another one may lead for a moment.
    LiveSystem.await("a leader in status", () -> leader() != null);
    JsonNode order = process("order-3");
    assertThat(order.path("state").asText()).isEqualTo("running");
    assertThat(order.path("role").asText()).isIn("leader", "follower");
    assertThat(order.path("pss_bytes").longValue()).isPositive();
    assertThat(order.path("rss_bytes").longValue())
        .isGreaterThan(order.path("pss_bytes").longValue());
    assertThat(Files.readString(data().resolve("run/order-3.pid")).strip())
        .isEqualTo(order.path("pid").asText());

    require(0, "session", "--requests", "50", "--seed", "5");
    assertThat(require(0, "verify").out()).contains("good");
    assertThat(require(0, "logs", "order-1", "-n", "5").out()).contains("order-1");

    require(0, "pause", "catalog");
    assertThat(process("catalog").path("state").asText()).isEqualTo("paused");
    require(0, "resume", "catalog");
    assertThat(process("catalog").path("state").asText()).isEqualTo("running");

    LiveSystem.await("a leader in status", () -> leader() != null);
    String killed = require(0, "kill", "leader").out().split(" ", 2)[0];
    assertThat(process(killed).path("state").asText()).isEqualTo("dead");
    require(1, "kill", killed);
    require(0, "restart", killed);
    assertThat(process(killed).path("state").asText()).isEqualTo("running");
    require(0, "session", "--requests", "50", "--seed", "5");

    require(0, "down");
    assertThat(process("order-1").path("state").asText()).isEqualTo("stopped");
    assertThat(require(0, "verify").out()).contains("good");
    assertThat(require(0, "down").out()).contains("Nothing runs");
    assertThat(require(1, "kill", "leader").err()).contains("no order node leads");
  }

  @Test
  void aBusyPortIsNamed() throws Exception {
    int port = Ports.freeFor(Settings.DEFAULT);
    try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      Result result = require(1, "up", "--port", String.valueOf(port));
      assertThat(result.err()).contains("port " + port, "--port");
    }
    assertThat(process("catalog").path("state").asText()).isEqualTo("stopped");
  }

  @Test
  void aProcessThatEndsWhileStartingIsShownWithItsLastLines() throws Exception {
    Files.createDirectories(data());
    Files.writeString(data().resolve("secret"), "no secret\n");
    String port = String.valueOf(Ports.freeFor(Settings.DEFAULT));
    Result result = require(1, "up", "--port", port);
    assertThat(result.err()).contains("exit status 1", "hexadecimal", "bazaar up");
  }

  @Test
  void javaThatIsMissingOrTooOldIsAClearError() throws Exception {
    List<String> command = List.of(SCRIPT.toString(), "status");
    Result missing = run(command, Map.of("PATH", directory.toString()));
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("no Java found", "17");

    Result wrong = run(command, Map.of("JAVA_HOME", directory.toString()));
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("JAVA_HOME", "bin/java");

    Path java = Files.createDirectories(directory.resolve("old/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(directory.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
    Result old = run(command, Map.of("JAVA_HOME", directory.resolve("old").toString()));
    assertThat(old.status()).isEqualTo(1);
    assertThat(old.err()).contains("11.0.2", "17");
  }

  @Test
  void itIsFoundThroughALink() throws IOException, Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), SCRIPT);
    Result result =
        run(
            List.of(link.toString(), "--version"),
            Map.of(
                "BAZAAR_CLASSPATH", absoluteClassPath(),
                "JAVA_HOME", System.getProperty("java.home")));
    Files.delete(link);
    assertThat(result.status()).as(result.err()).isZero();
  }
}
