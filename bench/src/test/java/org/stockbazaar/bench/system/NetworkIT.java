package org.stockbazaar.bench.system;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients trade and notice nothing while the network between the processes is broken. */
@Tag("R3")
@Tag("R5")
class NetworkIT {
  @RegisterExtension static final NetworkSystem SYSTEM = new NetworkSystem();

  @ParameterizedTest
  @EnumSource(
      value = NetworkFault.class,
      names = {"LEADER_UNPLUGGED", "LEADER_MUTE", "LEADER_DEAF"})
  void aLeaderThatIsCutOffIsReplacedAndFollowsAfterwards(NetworkFault fault) throws Exception {
    SYSTEM.happens(fault);
  }

  @Test
  void aFollowerThatWasCutOffCatchesUp() throws Exception {
    SYSTEM.happens(NetworkFault.FOLLOWER_UNPLUGGED);
  }

  @Test
  void gatewaysThatSeeDifferentReplicasDoNotMakeLeadersFight() throws Exception {
    SYSTEM.happens(NetworkFault.GATEWAYS_AT_CROSS_PURPOSES);
  }

  @Test
  void shortOneWayCutsDoNoHarm() throws Exception {
    SYSTEM.happens(NetworkFault.BLINKING);
  }

  @Test
  void delayAndLossDoNoHarm() throws IOException, InterruptedException {
    String missing = SYSTEM.disturbing();
    Assumptions.assumeTrue(missing == null, () -> "no random delay and loss here: " + missing);
    SYSTEM.happens(NetworkFault.LOSSY);
  }
}
