package org.stockbazaar.order.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Prepared;

class ReleaseTest {
  @Test
  @Tag("O3")
  @Tag("K2")
  void whatIsHeldBackOfAnotherEpochReleasesNothingBeforeIt() {
    var release = new Release();
    release.committed(90);
    release.applied(new Applied(90, 0, true, List.of()));
    release.prepared(new Prepared(1, 92, List.of(92L)));
    release.begin();
    release.committed(93);
    assertThat(release.floor()).isEqualTo(90);
    assertThat(release.isReleased(91)).isFalse();
    release.applied(new Applied(93, 0, true, List.of(92L)));
    assertThat(release.floor()).isEqualTo(91);
    assertThat(release.isReleased(93)).isTrue();
  }
}
