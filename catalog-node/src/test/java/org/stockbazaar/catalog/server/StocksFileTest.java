package org.stockbazaar.catalog.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.message.Stock;

class StocksFileTest {
  private static final String HEADER = "name,price,quantity,max_trading_volume";

  private static List<Stock> parse(String name, List<String> lines) {
    String text = String.join("\n", lines);
    return all(StocksFile.checked(name, () -> new BufferedReader(new StringReader(text))));
  }

  private static List<Stock> all(StocksFile file) {
    var stocks = new ArrayList<Stock>();
    file.forEach(stocks::add);
    return stocks;
  }

  @Test
  @Tag("C2")
  void aNewSystemHasTenStocksOfAHundredShares() {
    StocksFile standard = StocksFile.standard();
    assertThat(standard.count()).isEqualTo(10);
    List<Stock> stocks = all(standard);
    assertThat(stocks).hasSize(10).allMatch(stock -> stock.quantity() == 100);
    assertThat(stocks.get(0)).isEqualTo(new Stock("GameStart", 1599, 100, 0, 0, 0));
    assertThat(stocks).extracting(Stock::name).contains("FishCo", "BoarCo", "MenhirCo");
  }

  @Test
  @Tag("C1")
  void pricesAreCentsAndTheMaximumMayBeEmpty() {
    var lines = List.of(HEADER, "A,1,2,3", "", "B, 1.5 ,0,", "C,0.05,7,1");
    assertThat(parse("f", lines))
        .containsExactly(
            new Stock("A", 100, 2, 0, 3, 0),
            new Stock("B", 150, 0, 0, 0, 0),
            new Stock("C", 5, 7, 0, 1, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A B,1,1,|name 'A B'",
        ",1,1,|name ''",
        "A,1.234,1,|price '1.234'",
        "A,-1,1,|price '-1'",
        "A,1e3,1,|price '1e3'",
        "A,1,-1,|quantity '-1'",
        "A,1,1.0,|quantity '1.0'",
        "A,1,1,x|max_trading_volume 'x'",
        "A,1,1,0|max_trading_volume '0'",
        "A,1,1|has 3 fields",
        "A,1,1,,|has 5 fields",
        "GameStart,1,1,|stands twice"
      })
  void saysLineFieldAndValueOfWhatIsWrong(String line, String message) {
    assertThatExceptionOfType(FailedException.class)
        .isThrownBy(() -> parse("f.csv", List.of(HEADER, "GameStart,1,1,", line)))
        .withMessageContaining("f.csv, line 3")
        .withMessageContaining(message);
  }

  @Test
  void namesWithEqualHashesAreNotTwins() {
    assertThat("Aa").hasSameHashCodeAs("BB");
    assertThat(parse("f", List.of(HEADER, "Aa,1,1,", "BB,1,1,"))).hasSize(2);
    assertThatExceptionOfType(FailedException.class)
        .isThrownBy(() -> parse("f", List.of(HEADER, "Aa,1,1,", "BB,1,1,", "Aa,2,2,")))
        .withMessageContaining("f, line 4: name 'Aa' stands twice");
  }

  @Test
  void aFileWithoutTheHeaderIsRefused() {
    assertThatExceptionOfType(FailedException.class)
        .isThrownBy(() -> parse("f", List.of("A,1,1,")))
        .withMessageContaining(HEADER);
  }
}
