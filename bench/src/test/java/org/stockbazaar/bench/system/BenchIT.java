package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.bench.command.CommandLines;

/** A small bench on real systems of its own. */
@Tag("B2")
class BenchIT {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path directory;

  /** Processes that were started in the bench's directories. */
  private List<String> processes() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      for (ProcessHandle process : all.toList()) {
        Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
        String line = Files.isReadable(file) ? read(file) : "";
        if (line.contains(directory.resolve("data/bench-").toString())) {
          found.add(line);
        }
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  private List<Path> files(Path parent) throws IOException {
    try (Stream<Path> files = Files.list(parent)) {
      return files.toList();
    }
  }

  @Test
  void measuresEveryPointAndFailoverAndLeavesAReportAndNothingElse() throws IOException {
    Path data = directory.resolve("data");
    CommandLines.Result result =
        CommandLines.bazaar(
            "bench",
            "--requests",
            "60",
            "--repeat",
            "1",
            "--warm-up",
            "100",
            "--p",
            "80",
            "--failover",
            "3",
            "--seed",
            "11",
            "--deadline",
            String.valueOf(LiveSystem.PATIENCE_MILLIS),
            "--json",
            "--data",
            data.toString());
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.err()).contains("1 of 5: cache on", "5 of 5: leader killed");
    assertThat(processes()).isEmpty();
    assertThat(files(data)).containsExactly(data.resolve("reports"));

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.path("good").booleanValue()).isTrue();
    for (String measured : List.of("cache-on-p80", "cache-off-p80", "leader-killed")) {
      for (String kind : List.of("lookup", "trade", "order_lookup")) {
        JsonNode client = row(json, measured, kind, "client");
        JsonNode gateway = row(json, measured, kind, "gateway");
        assertThat(client.path("count").longValue()).isPositive();
        assertThat(client.path("p50_micros").doubleValue()).isPositive();
        // The same requests, no more and no fewer; a repeated one the gateway has twice.
        assertThat(gateway.path("count").longValue())
            .as("%s %s", measured, kind)
            .isGreaterThanOrEqualTo(client.path("count").longValue())
            .isLessThanOrEqualTo(client.path("count").longValue() + retries(json));
        assertThat(gateway.path("mean_micros").doubleValue())
            .isLessThan(client.path("mean_micros").doubleValue());
      }
    }
    assertThat(row(json, "cache-on-p80", "lookup", "client").path("count").longValue())
        .isEqualTo(300);
    assertThat(json.path("runs").findValues("faults"))
        .last()
        .satisfies(
            faults ->
                assertThat(faults.findValuesAsText("what"))
                    .map(what -> what.replaceAll("order-\\d ", ""))
                    .containsExactly("killed", "started", "ready"));

    assertThat(json.path("conditions").path("libraries"))
        .hasSize(4)
        .noneMatch(version -> version.asText().equals("not known"));

    Path report = Path.of(json.path("report").asText());
    assertThat(files(report.getParent()).stream().map(file -> file.getFileName().toString()))
        .contains(
            "report.html",
            "results.json",
            "results.csv",
            "results.hlog",
            "cache-off-p80-trade-client.hgrm",
            "leader-killed-trade-gateway.hgrm");
    assertThat(Files.readString(report)).contains("Failover", "order-", "leader killed");
  }

  private static long retries(JsonNode json) {
    return json.path("runs").findValues("retries").stream().mapToLong(JsonNode::longValue).sum();
  }

  private static JsonNode row(JsonNode json, String measured, String kind, String side) {
    for (JsonNode row : json.path("results")) {
      if (row.path("case").asText().equals(measured)
          && row.path("kind").asText().equals(kind)
          && row.path("side").asText().equals(side)
          && row.path("round").asText().equals("all")) {
        return row;
      }
    }
    throw new AssertionError(measured + " " + kind + " " + side + " is missing in " + json);
  }

  @Test
  void leavesNoProcessAndNoDirectoryWhenItIsEndedEarly() throws Exception {
    Path data = directory.resolve("data");
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    var builder =
        new ProcessBuilder(
                REPOSITORY.resolve("deploy/bazaar").toString(), "bench", "--data", data.toString())
            .redirectErrorStream(true);
    builder.environment().put("BAZAAR_CLASSPATH", String.join(File.pathSeparator, entries));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process bench = builder.start();
    try (BufferedReader out = bench.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null && !line.startsWith("1 of "); ) {
        line = out.readLine();
      }
      assertThat(processes()).hasSize(5);
      bench.destroy();
      assertThat(bench.waitFor(LiveSystem.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    } finally {
      bench.destroyForcibly();
    }
    assertThat(processes()).isEmpty();
    assertThat(files(data)).isEmpty();
  }
}
