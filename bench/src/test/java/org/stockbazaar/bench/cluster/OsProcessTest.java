package org.stockbazaar.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D1")
class OsProcessTest {
  private static final long PATIENCE_MILLIS = 60_000;

  private Process child;
  private OsProcess process;

  @BeforeEach
  void start() throws IOException {
    child = new ProcessBuilder("sleep", "600").start();
    process = OsProcess.of(child.pid());
  }

  @AfterEach
  void end() {
    child.destroyForcibly();
  }

  @Test
  void runsPausesGoesOnAndEnds() throws IOException {
    assertThat(process.state()).isEqualTo(OsProcess.State.RUNNING);
    assertThat(process.proportionalBytes()).isPositive();
    assertThat(process.residentBytes()).isGreaterThan(process.proportionalBytes());
    process.signal("STOP");
    await(OsProcess.State.PAUSED);
    process.signal("CONT");
    await(OsProcess.State.RUNNING);
    process.signal("TERM");
    assertThat(process.awaitEnd(PATIENCE_MILLIS)).isTrue();
    assertThat(process.residentBytes()).isZero();
  }

  @Test
  void anotherProcessWithTheSameIdIsNotTakenForIt() throws IOException {
    var earlier = new OsProcess(process.pid(), process.started() - 1);
    assertThat(earlier.state()).isEqualTo(OsProcess.State.GONE);
    earlier.signal("KILL");
    assertThat(process.state()).isEqualTo(OsProcess.State.RUNNING);
  }

  private void await(OsProcess.State state) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (process.state() != state) {
      assertThat(System.nanoTime()).as("waits for %s", state).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
