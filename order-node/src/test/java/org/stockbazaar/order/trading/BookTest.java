package org.stockbazaar.order.trading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

@Tag("C6")
class BookTest {
  private static final long EPOCH_INDEX = 10;
  private static final int POSITIONS_MAX = 3;

  private final Book book = new Book(EPOCH_INDEX, POSITIONS_MAX);

  private void enter(String stock) {
    book.enter(new Stock(stock, 100, 50, 0, 0, 5));
  }

  private void trade(String stock, long index) {
    book.get(stock).traded(new Trade(1, Key.NONE, Side.BUY, 1, stock), index);
  }

  private void fill() {
    enter("A");
    trade("A", 11);
    enter("B");
    trade("B", 12);
    enter("C");
    trade("C", 13);
    trade("A", 14);
  }

  @Test
  void theStockTradedLongestAgoLeavesAndComesBackWithItsLastTrade() {
    fill();
    book.applied(14);
    enter("D");
    assertThat(book.size()).isEqualTo(POSITIONS_MAX);
    assertThat(book.get("B")).isNull();
    assertThat(book.get("A")).isNotNull();
    assertThat(book.indexToAsk("B")).isEqualTo(12);
    // An answer that was asked for before is as true as it was: nobody traded the stock since.
    assertThat(book.isTooOld("E", EPOCH_INDEX)).isFalse();
  }

  @Test
  void aTradeThatTheCatalogDoesNotHaveKeepsItsStock() {
    fill();
    book.applied(11);
    enter("D");
    assertThat(book.size()).isEqualTo(POSITIONS_MAX + 1);
    assertThat(book.get("B")).isNotNull();
  }
}
