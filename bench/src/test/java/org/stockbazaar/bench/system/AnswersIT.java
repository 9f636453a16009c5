package org.stockbazaar.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.bench.session.GatewayClient;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;

/** What a live gateway answers, byte by byte. Each test trades in a stock of its own. */
class AnswersIT {
  @RegisterExtension static final LiveSystem SYSTEM = new LiveSystem();

  private HttpConnection http;

  @BeforeEach
  void connect() {
    http = SYSTEM.http();
  }

  @AfterEach
  void close() {
    http.close();
  }

  private void requireGet(String path, int status, String body) throws IOException {
    HttpReply reply = http.exchange("GET", path, null);
    assertThat(reply.body()).as(path).isEqualTo(body);
    assertThat(reply.status()).as(path).isEqualTo(status);
  }

  private HttpReply order(String name, String type, long quantity, String... headers)
      throws IOException {
    return http.exchange("POST", "/orders", GatewayClient.body(name, type, quantity), headers);
  }

  private long number(HttpReply traded) {
    assertThat(traded.status()).as(traded.body()).isEqualTo(200);
    return GatewayClient.number(traded);
  }

  @Test
  @Tag("G1")
  void aStockIsToldWithItsPriceQuantityAndVolume() throws IOException {
    requireGet(
        "/stocks/GameStart",
        200,
        "{\"data\":{\"name\":\"GameStart\",\"price\":15.99,\"quantity\":100,\"trading_volume\":0}}");
  }

  @Test
  @Tag("G1")
  void anUnknownStockIsNotFound() throws IOException {
    requireGet(
        "/stocks/NoSuchStock", 404, "{\"error\":{\"code\":404,\"message\":\"stock not found\"}}");
  }

  @Test
  @Tag("G2")
  @Tag("G3")
  @Tag("C3")
  void aTradeGetsANumberUnderWhichItIsFound() throws IOException {
    HttpReply traded = order("FishCo", "sell", 7);
    long number = number(traded);
    assertThat(traded.body()).isEqualTo("{\"data\":{\"transaction_number\":" + number + "}}");
    requireGet(
        "/orders/" + number,
        200,
        ("{\"data\":{\"transaction_number\":N,\"transactionID\":N,\"number\":N,"
                + "\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":7}}")
            .replace("N", String.valueOf(number)));
    HttpReply stock = http.exchange("GET", "/stocks/FishCo", null);
    assertThat(stock.body()).contains("\"quantity\":107,\"trading_volume\":7");
    assertThat(number(order("FishCo", "buy", 107))).isEqualTo(number + 1);
    assertThat(http.exchange("GET", "/stocks/FishCo", null).body())
        .contains("\"quantity\":0,\"trading_volume\":114");
  }

  @Test
  @Tag("G3")
  void anUnknownOrderIsNotFound() throws IOException {
    requireGet("/orders/999999", 404, "{\"error\":{\"code\":404,\"message\":\"order not found\"}}");
  }

  @Test
  @Tag("G6")
  @Tag("O1")
  void moreThanThereIsIsRefusedAndChangesNothing() throws IOException {
    String before = http.exchange("GET", "/stocks/BoarCo", null).body();
    HttpReply refused = order("BoarCo", "buy", 101);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("\"code\":409");
    requireGet("/stocks/BoarCo", 200, before);
  }

  @Test
  @Tag("G6")
  @Tag("O6")
  void aTradeOfAnUnknownStockIsNotFound() throws IOException {
    HttpReply reply = order("NoSuchStock", "buy", 1);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body())
        .isEqualTo("{\"error\":{\"code\":404,\"message\":\"stock not found\"}}");
  }

  @ParameterizedTest
  @Tag("G4")
  @ValueSource(strings = {"/stock/GameStart", "/stocks/GameStart/", "/stock/GameStart/"})
  void stocksHaveAliases(String path) throws IOException {
    HttpReply first = http.exchange("GET", "/stocks/GameStart", null);
    requireGet(path, 200, first.body());
  }

  @Test
  @Tag("G4")
  void ordersHaveAliases() throws IOException {
    String body = GatewayClient.body("MenhirCo", "sell", 1);
    for (String path : new String[] {"/order", "/order/", "/orders/"}) {
      assertThat(http.exchange("POST", path, body).status()).as(path).isEqualTo(200);
    }
    long number = number(order("MenhirCo", "sell", 1));
    String found = http.exchange("GET", "/orders/" + number, null).body();
    requireGet("/order/" + number, 200, found);
    requireGet("/orders/" + number + "/", 200, found);
    HttpReply posted = http.exchange("POST", "/orders/" + number, "");
    assertThat(posted.body()).isEqualTo(found);
    assertThat(posted.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @Tag("G4")
  @CsvSource({"/stocks/PotionWorks,200", "/stocks/NoSuchStock,404"})
  void headIsGetWithoutABody(String path, int status) throws IOException {
    HttpReply get = http.exchange("GET", path, null);
    HttpReply head = http.exchange("HEAD", path, null);
    assertThat(head.status()).isEqualTo(status).isEqualTo(get.status());
    assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
    // Were there a body, the next reply could not be read.
    requireGet(path, status, get.body());
  }

  @Test
  @Tag("G5")
  void stocksAreListedInNameOrderAndPages() throws IOException {
    HttpReply first = http.exchange("GET", "/stocks?limit=1", null);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).contains("\"name\":\"BoarCo\"").endsWith("],\"next\":\"BoarCo\"}");
    HttpReply second = http.exchange("GET", "/stocks?after=BoarCo&limit=1000", null);
    assertThat(second.body()).doesNotContain("\"BoarCo\"").endsWith("],\"next\":null}");
    requireGet("/stocks?after=zzzz", 200, "{\"data\":[],\"next\":null}");
    assertThat(http.exchange("GET", "/stocks?limit=1001", null).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @Tag("G6")
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      value = {
        "{",
        "{}",
        "[]",
        "{\"name\":\"FishCo\",\"type\":\"sell\"}",
        "{\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":0}",
        "{\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":-1}",
        "{\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":1.0}",
        "{\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":\"1\"}",
        "{\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":1000000001}",
        "{\"name\":\"FishCo\",\"type\":\"give\",\"quantity\":1}",
        "{\"name\":\"Fish Co\",\"type\":\"sell\",\"quantity\":1}",
        "{\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":1,\"more\":1}",
        "{\"name\":\"FishCo\",\"name\":\"FishCo\",\"type\":\"sell\",\"quantity\":1}"
      })
  void anOrderThatMakesNoSenseIsABadRequest(String body) throws IOException {
    HttpReply reply = http.exchange("POST", "/orders", body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.body()).startsWith("{\"error\":{\"code\":400,\"message\":\"");
  }

  @Test
  @Tag("G6")
  void anUnknownUrlIsNotFoundAndAWrongMethodNamesTheRightOnes() throws IOException {
    assertThat(http.exchange("GET", "/nothing", null).status()).isEqualTo(404);
    HttpReply wrong = http.exchange("DELETE", "/stocks/GameStart", null);
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("allow")).contains("GET");
  }

  @Test
  @Tag("G7")
  void sessionsAreKeptAlive() throws IOException {
    HttpReply reply = http.exchange("GET", "/stocks/GameStart", null);
    assertThat(reply.header("connection")).isEqualTo("keep-alive");
    assertThat(reply.header("keep-alive")).isEqualTo("timeout=10");
    assertThat(reply.header("content-type")).startsWith("application/json");
    assertThat(http.isOpen()).isTrue();
    HttpReply last = http.exchange("GET", "/stocks/GameStart", null, "Connection: close");
    assertThat(last.closes()).isTrue();
  }

  @Test
  @Tag("G8")
  void aKeyTradesOnce() throws IOException {
    String key = "Idempotency-Key: answers-1";
    HttpReply first = order("DolmenDesign", "sell", 3, key);
    HttpReply repeated = order("DolmenDesign", "sell", 3, key);
    assertThat(number(repeated)).isEqualTo(number(first));
    assertThat(order("DolmenDesign", "sell", 4, key).status()).isEqualTo(422);
    assertThat(number(order("DolmenDesign", "buy", 3))).isEqualTo(number(first) + 1);
  }

  @ParameterizedTest
  @Tag("G11")
  @ValueSource(strings = {"/livez", "/readyz", "/version", "/metrics"})
  void operatorsAreAnswered(String path) throws IOException {
    assertThat(http.exchange("GET", path, null).status()).isEqualTo(200);
  }
}
