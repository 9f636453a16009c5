package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stockbazaar.bench.command.CommandLines;
import org.stockbazaar.bench.session.GatewayClient;

/** A stocks file of one's own, and stocks that are listed later. */
class CatalogIT {
  private static final String HEAD = "name,price,quantity,max_trading_volume\n";
  private static final Path STOCKS = stocks();

  @RegisterExtension
  static final LiveSystem SYSTEM =
      new LiveSystem(s -> s.withStocks(STOCKS.toString(), 1_000, 500_000).with("disk", "off"));

  private static Path stocks() {
    try {
      return Files.writeString(
          Files.createTempFile("stocks", ".csv"),
          HEAD + "AlphaCo,1.50,10,\nRareCo,2.00,5,8\nLimitCo,1.00,5,8\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void delete() throws IOException {
    Files.delete(STOCKS);
  }

  private static String export() {
    CommandLines.Result result = SYSTEM.bazaar("catalog", "export");
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  @Tag("C2")
  @Tag("C7")
  void stocksAreListedOnceAtTheStartAndLater() throws Exception {
    assertThat(export())
        .startsWith("name,price,quantity,trading_volume,max_trading_volume\nAlphaCo,1.50,10,0,\n")
        .contains("\nRareCo,2.00,5,0,8\n");
    Path more = Files.createTempFile("more", ".csv");
    Files.writeString(more, HEAD + "AlphaCo,9.99,99,\nBetaCo,3.25,7,\n");
    CommandLines.Result listed = SYSTEM.bazaar("catalog", "list", more.toString());
    assertThat(listed.status()).as(listed.err()).isZero();
    assertThat(listed.out()).contains("1 listed, 1 known before");
    assertThat(SYSTEM.bazaar("catalog", "list", more.toString()).out()).contains("0 listed");
    assertThat(export()).contains("AlphaCo,1.50,10,0,\n", "BetaCo,3.25,7,0,\n");

    Files.writeString(
        STOCKS, HEAD + "AlphaCo,1.50,10,\nRareCo,2.00,5,8\nLimitCo,1.00,5,8\nGammaCo,4.00,1,\n");
    SYSTEM.cluster().restart("catalog");
    LiveSystem.await("the new name", () -> export().contains("GammaCo,4.00,1,0,\n"));
    SYSTEM.requireVerified();
    Files.delete(more);
  }

  @Test
  @Tag("O1")
  @Tag("G6")
  void aMaximumTradingVolumeIsHonoured() throws Exception {
    try (var client = SYSTEM.client()) {
      assertThat(client.trade("LimitCo", "sell", 1, "volume-1").status()).isEqualTo(200);
      assertThat(client.trade("LimitCo", "sell", 8, "volume-2").status()).isEqualTo(409);
      var refused = client.trade("LimitCo", "buy", 8, "volume-3");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(GatewayClient.number(client.trade("LimitCo", "buy", 1, "volume-4"))).isPositive();
      assertThat(client.stock("LimitCo").tradingVolume()).isEqualTo(2);
      assertThat(client.trade("LimitCo", "buy", 1, "volume-5").status()).isEqualTo(200);
      var limit = client.trade("LimitCo", "sell", 6, "volume-6");
      assertThat(limit.body())
          .isEqualTo("{\"error\":{\"code\":409,\"message\":\"trading volume limit reached\"}}");
    }
  }
}
