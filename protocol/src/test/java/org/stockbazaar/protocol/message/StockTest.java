package org.stockbazaar.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StockTest {
  @Test
  @Tag("C1")
  void namesAreShortAndPlain() {
    assertThat(Stock.isName("Game.Start_2-x")).isTrue();
    assertThat(Stock.isName("a".repeat(Stock.NAME_BYTES_MAX))).isTrue();
    assertThat(Stock.isName("a".repeat(Stock.NAME_BYTES_MAX + 1))).isFalse();
    assertThat(Stock.isName("")).isFalse();
    assertThat(Stock.isName("a b")).isFalse();
    assertThat(Stock.isName("é")).isFalse();
  }
}
