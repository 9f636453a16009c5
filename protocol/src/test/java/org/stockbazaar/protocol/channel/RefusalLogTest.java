package org.stockbazaar.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalLogTest {
  @Test
  void warnsOfAPeerOnceInTenSeconds() {
    var log = new RefusalLog();
    long start = Long.MAX_VALUE - 5;
    assertThat(log.mayWarn("a", start)).isTrue();
    assertThat(log.mayWarn("a", start + RefusalLog.SILENCE_NANOS - 1)).isFalse();
    assertThat(log.mayWarn("b", start + 1)).isTrue();
    assertThat(log.mayWarn("a", start + RefusalLog.SILENCE_NANOS)).isTrue();
    assertThat(log.mayWarn("a", start + RefusalLog.SILENCE_NANOS + 1)).isFalse();
  }
}
