package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.http.HostileClient;
import org.stockbazaar.bench.http.HostileInput;

/** Every hostile input, on a live gateway with its real limits; the system goes on as before. */
@Tag("G6")
class HostileIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem();

  private static final int CLIENTS = 16;

  @Test
  void hostileInputsAreAnsweredAsWrittenAndLeaveNothingBehind() throws Exception {
    List<HostileInput> inputs = HostileInput.all();
    var findings = new ArrayList<String>();
    for (HostileInput input : suspects(inputs)) {
      // Once more and alone: on a machine that stood still the gateway's 10 s may have passed.
      for (String complaint : new HostileClient(SYSTEM.gateway()).complaints(input)) {
        findings.add(input.cause() + ": " + complaint);
      }
    }
    assertThat(findings).isEmpty();
    try (var http = SYSTEM.http()) {
      LiveSystem.await(
          "all sessions but this one closed",
          () -> {
            try {
              String figures = http.exchange("GET", "/metrics", null).body();
              return figures.contains("\nbazaar_http_sessions 1\n")
                  && figures.contains("\nbazaar_http_requests 0\n")
                  && figures.contains("{status=\"500\"} 0\n");
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertThat(http.exchange("GET", "/readyz", null).status()).isEqualTo(200);
    }
    SYSTEM.requireVerified();
  }

  /** Sends all of them, many at once; returns those that were not answered as written. */
  private static List<HostileInput> suspects(List<HostileInput> inputs) throws Exception {
    var client = new HostileClient(SYSTEM.gateway());
    ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
    try {
      var tasks = new ArrayList<Callable<Boolean>>();
      for (HostileInput input : inputs) {
        tasks.add(() -> client.complaints(input).isEmpty());
      }
      var suspects = new ArrayList<HostileInput>();
      List<Future<Boolean>> results = pool.invokeAll(tasks);
      for (int i = 0; i < inputs.size(); i++) {
        if (!results.get(i).get()) {
          suspects.add(inputs.get(i));
        }
      }
      return suspects;
    } finally {
      pool.shutdownNow();
    }
  }
}
