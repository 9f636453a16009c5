package org.stockbazaar.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
  @Test
  void readsNamesAndAddresses() {
    assertThat(HostPort.parse("localhost:8080")).isEqualTo(new HostPort("localhost", 8080));
    assertThat(HostPort.parse("[::1]:1")).isEqualTo(new HostPort("::1", 1));
    assertThat(HostPort.parse("[::1]:1")).hasToString("[::1]:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "localhost:", "localhost:x", ":1", "h:65536", "::1:80"})
  void refusesWhatIsNoAddress(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
  }

  @Test
  void readsAnOrderGroup() {
    var peers = PeerList.parse("3=c:3, 1=a:1,2=b:2");
    assertThat(peers.ids()).containsExactly(1, 2, 3);
    assertThat(peers.addresses().get(2)).isEqualTo(new HostPort("b", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1=a:1,2=b:2", "1=a:1,1=b:2,3=c:3", "0=a:1", "x=a:1", "a:1", "1=a"})
  void refusesWhatIsNoOrderGroup(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PeerList.parse(text));
  }

  @Test
  void readsDurations() {
    assertThat(Millis.parse("50ms").millis()).isEqualTo(50);
    assertThat(Millis.parse("5s").millis()).isEqualTo(5_000);
    assertThat(Millis.parse("2m").nanos()).isEqualTo(120_000_000_000L);
    assertThatIllegalArgumentException().isThrownBy(() -> Millis.parse("5"));
    assertThatIllegalArgumentException().isThrownBy(() -> Millis.parse("-5s"));
  }
}
