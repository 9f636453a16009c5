package org.stockbazaar.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Stock;

/** What each URL answers, status, headers and body. */
class HttpServerTest {
  private final Desk desk = new Desk();

  private static String error(int code, String message) {
    return "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}";
  }

  @Test
  @Tag("G1")
  void looksAStockUp() {
    var answer = desk.get("/stocks/GameStart");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"data\":{\"name\":\"GameStart\",\"price\":15.99,\"quantity\":100,"
                + "\"trading_volume\":0}}");
  }

  @Test
  @Tag("G1")
  void tellsTheMaximumWhereOneIsSet() {
    assertThat(desk.get("/stocks/BoarCo").body())
        .isEqualTo(
            "{\"data\":{\"name\":\"BoarCo\",\"price\":5.00,\"quantity\":100,"
                + "\"trading_volume\":0,\"max_trading_volume\":1000}}");
  }

  @Test
  @Tag("G1")
  void doesNotFindAStockThatIsNotListedOrCannotBe() {
    for (String name : new String[] {"Nobody", "gamestart", "a%20b", "%00", "%C3%A9"}) {
      var answer = desk.get("/stocks/" + name);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo(error(404, "stock not found"));
    }
    assertThat(desk.market.calls).containsExactly("stock Nobody", "stock gamestart");
  }

  @Test
  void showsAChangedStockAndNotTheBytesOfTheOldOne() {
    desk.get("/stocks/GameStart");
    desk.market.list(new Stock("GameStart", 1599, 99, 1, 0, 9));
    assertThat(desk.get("/stocks/GameStart").body()).contains("\"quantity\":99");
  }

  @Test
  @Tag("G2")
  void trades() {
    var answer =
        desk.post("/orders", "{\"name\":\"GameStart\",\"type\":\"sell\",\"quantity\":100}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"data\":{\"transaction_number\":0}}");
    assertThat(desk.market.calls).containsExactly("trade sell 100 GameStart");
  }

  @Test
  @Tag("G3")
  void looksAnOrderUp() {
    desk.post("/orders", "{\"quantity\":7,\"type\":\"buy\",\"name\":\"FishCo\"}");
    var answer = desk.get("/orders/0");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"data\":{\"transaction_number\":0,\"transactionID\":0,\"number\":0,"
                + "\"name\":\"FishCo\",\"type\":\"buy\",\"quantity\":7}}");
  }

  @Test
  @Tag("G3")
  void doesNotFindAnOrderThatIsNotThere() {
    for (String number : new String[] {"0", "12", "9223372036854775807", "9".repeat(5000)}) {
      var answer = desk.get("/orders/" + number);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo(error(404, "order not found"));
    }
  }

  @Test
  @Tag("G4")
  void answersUnderAllKnownNames() {
    String order = "{\"name\":\"GameStart\",\"type\":\"buy\",\"quantity\":1}";
    for (String path : new String[] {"/orders", "/orders/", "/order", "/order/"}) {
      assertThat(desk.post(path, order).status()).as(path).isEqualTo(200);
    }
    for (String path : new String[] {"/orders/3", "/orders/3/", "/order/3", "/order/3/"}) {
      assertThat(desk.get(path).status()).as(path).isEqualTo(200);
      assertThat(desk.post(path, "").status()).as(path).isEqualTo(200);
    }
    for (String path : new String[] {"/stocks/FishCo", "/stock/FishCo", "/stock/FishCo/"}) {
      assertThat(desk.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(desk.get("/stocks/").body()).startsWith("{\"data\":[");
    assertThat(desk.get("http://elsewhere:80/stocks/FishCo?a=b").status()).isEqualTo(200);
    assertThat(desk.get("/stocks/Fish%43o").status()).isEqualTo(200);
  }

  @Test
  @Tag("G4")
  void answersHeadLikeGetWithoutABody() {
    for (String path : new String[] {"/stocks/GameStart", "/stocks", "/nowhere", "/livez"}) {
      var get = desk.get(path);
      desk.send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(desk.received()).isEqualTo(get.head());
    }
  }

  @Test
  @Tag("G4")
  void refusesHeadWithoutABody() {
    desk.send("HEAD /stocks/GameStart HTTP/1.1\r\nHost: x\r\nExpect: x\r\n\r\n");
    assertThat(desk.received()).startsWith("HTTP/1.1 417 ").endsWith("\r\n\r\n");
  }

  @Test
  @Tag("G4")
  void refusesWhatFollowsHeadWithABody() {
    desk.send("HEAD /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(desk.received()).endsWith("\r\n\r\n");
    desk.send("GET /stocks/GameStart HTTP/1.1\r\nHo");
    desk.passSeconds(10);
    assertThat(desk.answer().body()).startsWith("{\"error\":{\"code\":408,");
  }

  @Test
  @Tag("G5")
  void listsStocksByPages() {
    var first = desk.get("/stocks?limit=2");
    assertThat(first.body())
        .isEqualTo(
            "{\"data\":[{\"name\":\"BoarCo\",\"price\":5.00,\"quantity\":100,\"trading_volume\":0,"
                + "\"max_trading_volume\":1000},{\"name\":\"FishCo\",\"price\":10.05,"
                + "\"quantity\":100,\"trading_volume\":0}],\"next\":\"FishCo\"}");
    var second = desk.get("/stocks?after=FishCo&limit=2");
    assertThat(second.body())
        .isEqualTo(
            "{\"data\":[{\"name\":\"GameStart\",\"price\":15.99,\"quantity\":100,"
                + "\"trading_volume\":0}],\"next\":null}");
    assertThat(desk.get("/stocks?after=Zero").body()).isEqualTo("{\"data\":[],\"next\":null}");
    desk.get("/stocks?after=");
    assertThat(desk.market.calls)
        .containsExactly("stocks  2", "stocks FishCo 2", "stocks Zero 100", "stocks  100");
  }

  @Test
  @Tag("G5")
  void refusesAPageThatMakesNoSense() {
    for (String query :
        new String[] {
          "limit=0",
          "limit=1001",
          "limit=-1",
          "limit=ten",
          "limit=",
          "limit=1&limit=2",
          "lim=5",
          "after=a%20b",
          "limit",
          "after=%zz",
          "&",
          "limit=99999999999"
        }) {
      assertThat(desk.get("/stocks?" + query).status()).as(query).isEqualTo(400);
    }
    assertThat(desk.market.calls).isEmpty();
  }

  @Test
  @Tag("G6")
  void namesTheMethodsThatAUrlHas() {
    var orders = desk.get("/orders");
    assertThat(orders.status()).isEqualTo(405);
    assertThat(orders.header("Allow")).isEqualTo("POST");
    assertThat(desk.post("/stocks/FishCo", "").header("Allow")).isEqualTo("GET, HEAD");
    var delete = desk.ask("DELETE /orders/1 HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(delete.status()).isEqualTo(405);
    assertThat(delete.header("Allow")).isEqualTo("GET, HEAD, POST");
    assertThat(delete.body())
        .isEqualTo(error(405, "method: must be one of GET, HEAD, POST, not 'DELETE'"));
  }

  @Test
  @Tag("G6")
  void tellsEachProblemOfTheMarketByItsStatus() {
    String order = "{\"name\":\"GameStart\",\"type\":\"buy\",\"quantity\":1}";
    for (var kind : Problem.Kind.values()) {
      desk.market.problem = new Problem(kind, "because");
      var answer = desk.post("/orders", order);
      int status =
          switch (kind) {
            case STOCK_NOT_FOUND, ORDER_NOT_FOUND -> 404;
            case QUANTITY_INSUFFICIENT, VOLUME_LIMIT -> 409;
            case NOT_ALLOWED -> 403;
            case NOT_POSSIBLE -> 409;
            case KEY_REUSED -> 422;
            case OVERLOADED, UNAVAILABLE -> 503;
            case OUTCOME_UNKNOWN -> 504;
            case INTERNAL -> 500;
          };
      assertThat(answer.status()).as(kind.name()).isEqualTo(status);
      assertThat(answer.body()).startsWith("{\"error\":{\"code\":" + status + ",");
      assertThat(answer.header("Retry-After")).isEqualTo(status == 503 ? "1" : null);
      assertThat(answer.header("Connection")).isEqualTo("keep-alive");
    }
  }

  @Test
  @Tag("G6")
  void refusesWhatTheBooksDoNotAllow() {
    var much = desk.post("/orders", "{\"name\":\"FishCo\",\"type\":\"buy\",\"quantity\":101}");
    assertThat(much.status()).isEqualTo(409);
    assertThat(much.body()).contains("insufficient quantity");
    var limit = desk.post("/orders", "{\"name\":\"BoarCo\",\"type\":\"sell\",\"quantity\":1001}");
    assertThat(limit.body()).isEqualTo(error(409, "trading volume limit reached"));
    var nobody = desk.post("/orders", "{\"name\":\"Nobody\",\"type\":\"sell\",\"quantity\":1}");
    assertThat(nobody.body()).isEqualTo(error(404, "stock not found"));
  }

  @Test
  @Tag("G6")
  void answersAFaultWithAnIdThatIsInTheLogAndGoesOn() {
    var logger = (Logger) LoggerFactory.getLogger(Incident.class);
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    logger.addAppender(log);
    try {
      desk.market.fault = new IllegalStateException("planted");
      var answer = desk.get("/stocks/FishCo");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("incident 1-1-1").doesNotContain("planted");
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).hasSize(1);
    assertThat(log.list.get(0).getFormattedMessage()).startsWith("incident 1-1-1: ");
    assertThat(log.list.get(0).getThrowableProxy().getMessage()).isEqualTo("planted");
    desk.market.fault = null;
    assertThat(desk.get("/stocks/FishCo").status()).isEqualTo(200);
  }

  @Test
  @Tag("G8")
  void repeatsTheAnswerUnderTheSameKey() {
    String order = "{\"name\":\"GameStart\",\"type\":\"buy\",\"quantity\":1}";
    for (int i = 0; i < 3; i++) {
      var answer = desk.post("/orders", order, "Idempotency-Key: mine");
      assertThat(answer.body()).isEqualTo("{\"data\":{\"transaction_number\":0}}");
    }
    var other = order.replace("buy", "sell");
    assertThat(desk.post("/orders", other, "Idempotency-Key: mine").status()).isEqualTo(422);
    assertThat(desk.post("/orders", order, "Idempotency-Key: Mine").body()).contains(":1}");
    assertThat(desk.post("/orders", order).body()).contains(":2}");
    assertThat(desk.post("/orders", order).body()).contains(":3}");
  }

  @Test
  @Tag("G8")
  void refusesKeysThatAreNone() {
    String order = "{\"name\":\"GameStart\",\"type\":\"buy\",\"quantity\":1}";
    for (String header :
        new String[] {
          "Idempotency-Key:",
          "Idempotency-Key: " + "k".repeat(256),
          "Idempotency-Key: \u00e4",
          "Idempotency-Key: a\r\nIdempotency-Key: b"
        }) {
      assertThat(desk.post("/orders", order, header).status()).as(header).isEqualTo(400);
    }
    assertThat(desk.market.orders).isEmpty();
    var longest = desk.post("/orders", order, "Idempotency-Key: " + "k".repeat(255));
    assertThat(longest.status()).isEqualTo(200);
    assertThat(desk.market.orders.get(0).side()).isEqualTo(Side.BUY);
  }

  @Test
  @Tag("G11")
  void tellsWhatIsMissing() {
    assertThat(desk.get("/livez").status()).isEqualTo(200);
    assertThat(desk.get("/readyz").status()).isEqualTo(200);
    desk.market.missing.add("catalog");
    desk.market.missing.add("leader");
    var answer = desk.get("/readyz");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo(error(503, "not ready: catalog, leader"));
    assertThat(desk.get("/version").body()).contains("\"version\":");
  }

  @Test
  @Tag("G11")
  @Tag("G16")
  void showsItsFigures() {
    desk.get("/stocks/GameStart");
    desk.get("/nowhere");
    var answer = desk.get("/metrics");
    assertThat(answer.header("Content-Type")).startsWith("text/plain");
    assertThat(answer.body())
        .contains("bazaar_http_replies_total{status=\"200\"} 1\n")
        .contains("bazaar_http_replies_total{status=\"404\"} 1\n")
        .contains("bazaar_request_seconds_count{kind=\"stock_lookup\"} 1\n")
        .contains("bazaar_http_sessions 1\n");
  }
}
