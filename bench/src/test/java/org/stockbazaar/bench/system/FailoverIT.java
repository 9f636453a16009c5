package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.chaos.ChaosPlan;
import org.stockbazaar.bench.chaos.ChaosResult;
import org.stockbazaar.bench.chaos.ChaosRun;
import org.stockbazaar.bench.chaos.Fault;
import org.stockbazaar.bench.cluster.ClusterState;
import org.stockbazaar.bench.cluster.NodeState;
import org.stockbazaar.bench.command.CommandLines;

/** Three replicas on real processes: whatever happens to one of them, clients do not notice. */
class FailoverIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem(s -> s.withNodes(3, 2));

  private static boolean highestLeads() {
    ClusterState state = SYSTEM.cluster().state();
    String highest =
        state.processes().stream()
            .filter(node -> node.kind().equals("order") && node.state().equals("running"))
            .map(NodeState::name)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return highest.equals(state.leader());
  }

  private static ChaosResult chaos(int count, String... faults) {
    List<Fault> parsed = Stream.of(faults).map(Fault::parse).toList();
    var plan = new ChaosPlan(600, count, 17, 5, 3, parsed, true, 50, 400, 400, 1_000, 60_000);
    return new ChaosRun(SYSTEM.cluster(), plan, report -> {}).run();
  }

  private static void isGood(ChaosResult result) {
    assertThat(result.failures()).isEmpty();
    assertThat(result.findings()).allMatch(finding -> finding.good());
    assertThat(result.good()).as(result.toString()).isTrue();
  }

  @Test
  @Tag("R1")
  @Tag("R2")
  @Tag("R3")
  @Tag("R4")
  @Tag("R5")
  @Tag("R6")
  @Tag("R7")
  @Tag("G9")
  @Tag("B4")
  void clientsNoticeNothingOfWhatHappensToReplicas() {
    isGood(
        chaos(
            8,
            "kill-leader",
            "pause-leader",
            "restart-leader",
            "kill-follower",
            "kill-leader+kill-catalog",
            "kill-leader+kill-gateway"));
  }

  @Test
  @Tag("R2")
  void theHighestIdThatLivesComesToLead() throws InterruptedException {
    for (String name : List.of("order-3", "order-2")) {
      SYSTEM.cluster().kill(name);
      LiveSystem.await("the highest id leads without " + name, FailoverIT::highestLeads);
      SYSTEM.cluster().restart(name);
    }
    SYSTEM.requireVerified();
  }

  @Test
  @Tag("R5")
  @Tag("D6")
  void whenAllReplicasStopTheServiceReturnsWithThem() {
    for (List<String> order :
        List.of(
            List.of("order-1", "order-3", "order-2"), List.of("order-2", "order-1", "order-3"))) {
      for (String name : order) {
        SYSTEM.cluster().kill(name);
      }
      for (String name : order) {
        SYSTEM.cluster().restart(name);
      }
      CommandLines.Result result =
          SYSTEM.bazaar("session", "--requests", "50", "--p", "1", "--deadline", "60000");
      assertThat(result.status()).as(result.out() + result.err()).isZero();
    }
    SYSTEM.requireVerified();
  }
}
