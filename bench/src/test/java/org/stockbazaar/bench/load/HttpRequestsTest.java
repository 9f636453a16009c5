package org.stockbazaar.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.bench.session.RequestKind;

@Tag("B3")
class HttpRequestsTest {
  private static final int MANY = 200;

  private static Set<String> all(String mix, RequestKind kind) {
    var choice = new Choice(Mix.parse(mix), 1);
    var requests = new HttpRequests(choice, List.of("A", "Bcd", "Ef"), 2);
    var seen = new TreeSet<String>();
    for (int i = 0; i < MANY; i++) {
      ByteBuf request = requests.any(kind);
      seen.add(request.toString(StandardCharsets.US_ASCII));
      // As a channel does with what it has written.
      request.skipBytes(request.readableBytes()).release();
    }
    return seen;
  }

  @Test
  void everyStockIsLookedUpWithAWholeRequest() {
    assertThat(all("lookup", RequestKind.LOOKUP))
        .containsExactly(
            "GET /stocks/A HTTP/1.1\r\nHost: bazaar\r\n\r\n",
            "GET /stocks/Bcd HTTP/1.1\r\nHost: bazaar\r\n\r\n",
            "GET /stocks/Ef HTTP/1.1\r\nHost: bazaar\r\n\r\n");
  }

  @Test
  void everyStockIsBoughtAndSoldWithALengthThatIsRight() {
    Set<String> trades = all("trade,order", RequestKind.TRADE);
    assertThat(trades).hasSize(6);
    for (String trade : trades) {
      int head = trade.indexOf("\r\n\r\n") + 4;
      assertThat(trade).startsWith("POST /orders HTTP/1.1\r\n");
      assertThat(trade).contains("Content-Length: " + (trade.length() - head) + "\r\n");
      assertThat(trade.substring(head))
          .matches("\\{\"name\":\"(A|Bcd|Ef)\",\"type\":\"(buy|sell)\",\"quantity\":1}");
    }
  }

  @Test
  void onlyOrdersThatAreThereAreLookedUp() {
    assertThat(all("order", RequestKind.ORDER_LOOKUP))
        .containsExactly(
            "GET /orders/0 HTTP/1.1\r\nHost: bazaar\r\n\r\n",
            "GET /orders/1 HTTP/1.1\r\nHost: bazaar\r\n\r\n");
  }
}
