package org.stockbazaar.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.config.FailedException;

/** Nodes that only answer what they are asked: their processes are this one. */
class ClusterTest {
  @TempDir Path directory;
  private Layout layout;
  private final AtomicInteger looks = new AtomicInteger();

  @BeforeEach
  void lay() throws IOException {
    layout = new Layout(directory);
    layout.create();
  }

  private void run(String name) throws IOException {
    OsProcess self = OsProcess.of(ProcessHandle.current().pid());
    Files.writeString(layout.pid(name), self.pid() + "\n");
    Files.writeString(layout.started(name), self.started() + "\n");
  }

  /** The second order node leads, but not at the first looks at it. */
  private Cluster electing(int looksWithoutLeader) {
    Site site =
        new Site() {
          @Override
          public List<NodePlan> place(List<NodePlan> nodes) {
            return nodes;
          }

          @Override
          public List<String> command(NodePlan node, List<String> command) {
            return command;
          }

          @Override
          public HttpReply get(NodePlan node, String path, int timeoutMillis) {
            boolean second = node.name().equals("order-2");
            boolean leads = second && looks.incrementAndGet() > looksWithoutLeader;
            String metrics = "bazaar_order_epoch 7\nbazaar_order_leader " + (leads ? 1 : 0) + "\n";
            return new HttpReply(200, Map.of(), metrics);
          }
        };
    return new Cluster(layout, Settings.DEFAULT, site, line -> {});
  }

  @Test
  void whoNeedsTheLeaderWaitsForAnElection() throws IOException {
    run("order-1");
    run("order-2");
    assertThat(electing(3).node("leader").name()).isEqualTo("order-2");
    assertThat(looks).hasValue(4);
  }

  @Test
  void whereNobodyCanBeElectedThatIsSaidAtOnce() throws IOException {
    run("order-2");
    assertThatExceptionOfType(FailedException.class)
        .isThrownBy(() -> electing(Integer.MAX_VALUE).node("leader"))
        .withMessageContaining("no order node leads now");
    assertThat(looks).hasValue(1);
  }
}
