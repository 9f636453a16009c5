package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.command.CommandLines;

/** What a replica had on its disk is gone, in whole or in part; its peers have it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LostDiskIT {
  private static final int RECORD = 128;

  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem(s -> s.withNodes(3, 1));

  private static void trade() {
    CommandLines.Result result =
        SYSTEM.bazaar(
            "session", "--sessions", "4", "--requests", "500", "--p", "1", "--deadline", "60000");
    assertThat(result.status()).as(result.out() + result.err()).isZero();
  }

  private static Path data(String name) {
    return SYSTEM.cluster().layout().data(name);
  }

  private static void delete(String name) throws IOException {
    try (Stream<Path> files = Files.walk(data(name))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Replica 1 votes: with replica 2 away it is needed for every trade. */
  private static void replica1Counts() {
    SYSTEM.cluster().kill("order-2");
    trade();
    SYSTEM.cluster().restart("order-2");
    SYSTEM.requireVerified();
  }

  /** A limit on the size of its files is to a process as a disk that is full. */
  private static void limitFiles(String name) throws Exception {
    String pid = String.valueOf(SYSTEM.cluster().state().process(name).pid());
    try {
      Process limit = new ProcessBuilder("prlimit", "--fsize=1000000", "--pid", pid).start();
      assertThat(limit.waitFor()).isZero();
    } catch (IOException e) {
      Assumptions.abort("there is no prlimit on this machine: " + e.getMessage());
    }
  }

  @Test
  @Order(0)
  @Tag("O3")
  @Tag("R5")
  void aFullDiskStopsItsNodeWhichSaysWhyAndTheGroupGoesOn() throws Exception {
    String leader = SYSTEM.cluster().node("leader").name();
    limitFiles(leader);
    while (SYSTEM.state(leader).equals("running")) {
      trade();
    }
    trade();
    assertThat(SYSTEM.bazaar("logs", leader, "-n", "100").out())
        .containsPattern("cannot (write|truncate) the order log in .*/" + leader + "/orders-")
        .contains("File too large");
    SYSTEM.cluster().restart(leader);
    SYSTEM.requireVerified();
  }

  @Test
  @Order(1)
  @Tag("R8")
  void aDeletedDirectoryIsFilledAgainAndItsReplicaVotes() throws IOException {
    trade();
    SYSTEM.cluster().kill("order-1");
    delete("order-1");
    trade();
    SYSTEM.cluster().restart("order-1");
    replica1Counts();
  }

  @Test
  @Order(2)
  @Tag("O4")
  void aFlippedBitIsNamedAndRepairedFromThePeers() throws IOException {
    trade();
    SYSTEM.cluster().kill("order-1");
    flipBit(data("order-1").resolve("orders-00000000000000000001.log"), 20 * RECORD + 41);
    assertThat(SYSTEM.bazaar("order", "verify", data("order-1").toString()).status()).isEqualTo(1);
    SYSTEM.cluster().restart("order-1");
    assertThat(SYSTEM.bazaar("logs", "order-1", "-n", "100").out())
        .contains("index 21, at offset 2560 of ", "orders-00000000000000000001.log");
    replica1Counts();
  }

  private static void flipBit(Path file, long at) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 8)).flip();
      channel.write(one, at);
    }
  }

  @Test
  @Order(3)
  @Tag("R8")
  void twoDirectoriesDeletedAtOnceAreRefusedLoudly() throws Exception {
    // Without a gateway nobody waits for a system that is ready.
    SYSTEM.cluster().kill("gateway-1");
    for (String name : new String[] {"order-1", "order-2"}) {
      SYSTEM.cluster().kill(name);
      delete(name);
    }
    SYSTEM.cluster().restart("order-1");
    SYSTEM.cluster().restart("order-2");
    LiveSystem.await("the refusal", () -> ready("order-1").contains("2 of 3 replicas do not know"));
    LiveSystem.await("the refusal", () -> ready("order-2").contains("2 of 3 replicas do not know"));
    assertThat(SYSTEM.cluster().state().leader()).isNull();
  }

  private static String ready(String name) {
    String missing = SYSTEM.cluster().missing(name);
    return missing == null ? "" : missing;
  }
}
