package org.stockbazaar.bench.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;

@Tag("B3")
class WrkTest {
  private static final HostPort SERVER = new HostPort("127.0.0.1", 8080);

  @TempDir private Path directory;

  /** A program of that name that prints what it was asked for, then this. */
  private Wrk wrk(String output) throws IOException {
    Path program = directory.resolve("wrk");
    Files.writeString(program, "#!/bin/sh\necho \"$@\" >&2\ncat <<END\n" + output + "\nEND\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return Wrk.find("/nowhere::" + directory);
  }

  @Test
  void readsHowManyRequestsWereAnswered() throws IOException {
    Wrk wrk =
        wrk(
            """
            Running 2s test @ http://127.0.0.1:8080/stocks/GameStart
              1 threads and 16 connections
              44618 requests in 2.01s, 8.34MB read
            Requests/sec:  22200.85
            Transfer/sec:      4.15MB""");
    assertThat(wrk.rate(SERVER, "/stocks/GameStart", 16, 2)).isEqualTo(22200.85);
  }

  @Test
  void countsNoFailures() throws IOException {
    Wrk wrk = wrk("  Non-2xx or 3xx responses: 11436\nRequests/sec:  11315.53");
    assertThatThrownBy(() -> wrk.rate(SERVER, "/", 16, 2))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("Non-2xx or 3xx responses: 11436");
  }

  @Test
  void saysWhatWrkSaysWhenItMeasuresNothing() throws IOException {
    Wrk wrk = wrk("unable to connect");
    assertThatThrownBy(() -> wrk.rate(SERVER, "/stocks/A", 16, 2))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("unable to connect")
        .hasMessageContaining("--connections=16 --duration=2s http://127.0.0.1:8080/stocks/A");
  }

  @Test
  void isNotAlwaysThere() {
    assertThat(Wrk.find(null)).isNull();
    assertThat(Wrk.find(directory.toString())).isNull();
  }
}
