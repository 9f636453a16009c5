package org.stockbazaar.bench.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stockbazaar.bench.command.CommandLines.bazaar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stockbazaar.bench.cluster.Ports;
import org.stockbazaar.bench.session.FakeGateway;
import org.stockbazaar.bench.session.FakeGateway.Fault;

@Tag("D1")
class BazaarTest {
  @TempDir private Path data;

  private void describe(int replicas) throws IOException {
    Files.writeString(
        data.resolve("cluster.json"),
        "{\"replicas\":"
            + replicas
            + ",\"gateways\":1,\"port\":"
            + Ports.free()
            + ",\"sync\":\"disk\",\"stocks\":null,\"cache\":\"on\"}");
  }

  private CommandLines.Result session(FakeGateway gateway, String... more) {
    String[] fixed = {
      "session", "--gateway", gateway.address().toString(), "--requests", "50", "--seed", "3"
    };
    String[] all = new String[fixed.length + more.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return bazaar(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "down",
        "status",
        "logs",
        "kill",
        "restart",
        "pause",
        "resume",
        "transfer",
        "session",
        "bench",
        "load",
        "growth",
        "chaos",
        "verify",
        "catalog",
        "order"
      })
  void everyCommandHasHelpDataAndJson(String command) {
    CommandLines.Result result = bazaar(command, "--help");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("--data", "--json");
  }

  @Test
  void anUnknownCommandIsAnsweredWithAGuess() {
    CommandLines.Result result = bazaar("sttus");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("sttus", "Did you mean", "status");
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(bazaar().status()).isEqualTo(2);
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(bazaar("up", "--replica", "3").status()).isEqualTo(2);
  }

  @Test
  void withoutASystemItSaysHowToStartOne() {
    CommandLines.Result result = bazaar("status", "--data", data.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("bazaar up");
    assertThat(bazaar("down", "--data", data.toString()).status()).isZero();
  }

  @Test
  void statusOfAStoppedSystemNamesEveryProcess() throws IOException {
    describe(3);
    CommandLines.Result result = bazaar("status", "--json", "--data", data.toString());
    assertThat(result.status()).isZero();
    JsonNode status = new ObjectMapper().readTree(result.out());
    assertThat(status.path("leader").isNull()).isTrue();
    assertThat(status.path("processes").findValuesAsText("name"))
        .containsExactly("catalog", "order-1", "order-2", "order-3", "gateway-1");
    assertThat(status.path("processes").findValuesAsText("state")).containsOnly("stopped");
    assertThat(status.path("processes").get(1).fieldNames())
        .toIterable()
        .containsExactly(
            "name",
            "kind",
            "pid",
            "state",
            "role",
            "epoch",
            "last_number",
            "lag",
            "rss_bytes",
            "pss_bytes",
            "address",
            "http_address");
  }

  @Test
  void aProcessThatDoesNotExistIsAnsweredWithThoseThatDo() throws IOException {
    describe(1);
    CommandLines.Result result = bazaar("kill", "order-2", "--data", data.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("order-2", "catalog, order-1, gateway-1");
  }

  @Test
  void aProcessThatDoesNotRunCannotBeKilled() throws IOException {
    describe(1);
    CommandLines.Result result = bazaar("kill", "order-1", "--data", data.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("stopped", "bazaar restart order-1");
  }

  @Test
  void onlyAnOrderNodeThatRunsCanBeHandedTheLeadership() throws IOException {
    describe(3);
    CommandLines.Result stopped = bazaar("transfer", "order-3", "--data", data.toString());
    assertThat(stopped.status()).isEqualTo(1);
    assertThat(stopped.err()).contains("order-3 is stopped", "bazaar restart order-3");
    CommandLines.Result catalog = bazaar("transfer", "catalog", "--data", data.toString());
    assertThat(catalog.status()).isEqualTo(1);
    assertThat(catalog.err()).contains("catalog is no order node");
    assertThat(bazaar("transfer", "order-4", "--data", data.toString()).err())
        .contains("there is no 'order-4'");
    assertThat(bazaar("transfer", "--data", data.toString()).status()).isEqualTo(2);
  }

  @Test
  void aGroupKeepsItsSize() throws IOException {
    describe(1);
    CommandLines.Result result = bazaar("up", "--replicas", "3", "--data", data.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("group of 1");
  }

  @Test
  void logsShowsTheLastLines() throws IOException {
    describe(1);
    Files.createDirectories(data.resolve("logs"));
    var text = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      text.append("line ").append(i).append('\n');
    }
    Files.writeString(data.resolve("logs/order-1.log"), text);
    String where = data.toString();
    assertThat(bazaar("logs", "order-1", "-n", "2", "--data", where).out())
        .isEqualTo("line 19999\nline 20000\n");
    assertThat(bazaar("logs", "order-1", "-n", "0", "--data", where).out()).isEmpty();
    assertThat(bazaar("logs", "order-1", "-n", "19999", "--data", where).out())
        .startsWith("line 2\n");
    assertThat(bazaar("logs", "order-1", "-n", "30000", "--data", where).out())
        .isEqualTo(text.toString());
  }

  @Test
  @Tag("B1")
  void sessionEndsWithATableAndAVerdict() throws IOException {
    try (var gateway = new FakeGateway(Fault.NONE)) {
      CommandLines.Result result = session(gateway);
      assertThat(result.status()).isZero();
      assertThat(result.out())
          .containsPattern("lookup +50 ")
          .contains("p99.9", "All " + gateway.trades() + " orders were found as remembered");
    }
  }

  @Test
  @Tag("B1")
  void sessionTellsTheSameAsJson() throws IOException {
    try (var gateway = new FakeGateway(Fault.NONE)) {
      JsonNode json = new ObjectMapper().readTree(session(gateway, "--json").out());
      assertThat(json.path("good").booleanValue()).isTrue();
      assertThat(json.path("orders").intValue()).isEqualTo(gateway.trades());
      assertThat(json.path("requests").path("lookup").path("count").intValue()).isEqualTo(50);
    }
  }

  @Test
  @Tag("B1")
  void sessionFailsOnADifference() throws IOException {
    try (var gateway = new FakeGateway(Fault.TELLS_WRONG_QUANTITY)) {
      CommandLines.Result result = session(gateway);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out()).contains("BAD");
    }
  }

  @Test
  @Tag("B1")
  void sessionWithoutAGatewaySaysWhatToDo() {
    String address = "127.0.0.1:" + Ports.free();
    CommandLines.Result result = bazaar("session", "--gateway", address);
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains(address, "up", "--gateway");
  }

  @Test
  @Tag("B1")
  void sessionRefusesFiguresThatMakeNoSense() {
    assertThat(bazaar("session", "--p", "1.5").status()).isEqualTo(2);
    assertThat(bazaar("session", "--sessions", "0").status()).isEqualTo(2);
    assertThat(bazaar("session", "--requests", "-1").status()).isEqualTo(2);
  }

  @Test
  @Tag("C7")
  void catalogExportWritesPricesAsTheyAre() throws IOException {
    try (var gateway = new FakeGateway(Fault.NONE)) {
      CommandLines.Result result =
          bazaar("catalog", "export", "--gateway", gateway.address().toString());
      assertThat(result.status()).isZero();
      assertThat(result.out().lines())
          .containsExactly(
              "name,price,quantity,trading_volume,max_trading_volume",
              "BoarCo,15.90,100,0,",
              "FishCo,15.90,100,0,",
              "GameStart,15.90,100,0,");
    }
  }

  @ParameterizedTest
  @Tag("B2")
  @CsvSource({
    "--p, '0,101', 0 to 100",
    "--p, '0,1,2,3,4,5,6,7', up to 7",
    "--sessions, 0, 1 to 1000",
    "--requests, 400001, at most 2000000",
    "--repeat, 26, 1 to 25",
    "--warm-up, -1, 0 to 60000",
    "--failover, 601, 0 to 600",
    "--replicas, 2, '1, 3, 5 or 7'",
    "--sync, memory, disk or os"
  })
  void aBenchThatMakesNoSenseIsWrongUsage(String option, String value, String rule) {
    CommandLines.Result result = bazaar("bench", option, value, "--data", data.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains(option, rule);
  }

  private CommandLines.Result bench(FakeGateway gateway) {
    return bazaar(
        "bench",
        "--gateway",
        gateway.address().toString(),
        "--requests",
        "20",
        "--repeat",
        "2",
        "--warm-up",
        "30",
        "--p",
        "0,80",
        "--out",
        data.resolve("report").toString());
  }

  @Test
  @Tag("B2")
  void aBenchFromOutsideMeasuresTheCacheAsItIsAndNoFailover() throws IOException {
    try (var gateway = new FakeGateway(Fault.NONE)) {
      CommandLines.Result result = bench(gateway);
      assertThat(result.status()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains("as it is", "no failover", "LOOKUP", "TRADE", "good", "report.html")
          .doesNotContain("GAP OF");
      assertThat(data.resolve("report/cache-as-it-is-p80-trade-client.hgrm")).exists();
    }
  }

  @Test
  @Tag("B2")
  void aBenchOfAGatewayThatLosesOrdersIsBad() throws IOException {
    try (var gateway = new FakeGateway(Fault.LOSES_ORDERS)) {
      CommandLines.Result result = bench(gateway);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out()).contains("BAD", "not found", "round 1");
      assertThat(Files.readString(data.resolve("report/report.html"))).contains("What went wrong");
    }
  }

  @ParameterizedTest
  @Tag("B3")
  @CsvSource({
    "load --rate 1000001, 0 to 1000000",
    "load --connections 0, 1 to 4096",
    "load --seconds 0, 1 to 86400",
    "load --warm-up 3601, 0 to 3600",
    "load --rounds 100, 1 to 99",
    "load --p99-max 0, 1 to",
    "load --rate-min 0, 1 to",
    "load --mix sell, lookup",
    "load --find-rate, --p99-max",
    "load --find-rate --p99-max 5000 --rate 100, goes without --rate",
    "load --frames --mix lookup, no lookups",
    "load --reference --mix trade --connections 16, --connections 1",
    "growth --only price, SESSIONS",
    "'growth --sessions 1,1025', 1 to 1024",
    "growth --sessions many, many",
    "'growth --stocks 10,0', 1 to 1000000",
    "growth --orders -1, 0 to 100000000",
    "'growth --orders 0,1,2,3,4,5,6,7,8,9,10,11,12', up to 12 values",
    "'growth --replicas 1,2', '1, 3, 5 or 7'",
    "growth --seconds 601, 1 to 600",
    "growth --warm-up 99, 100 to 60000",
    "growth --rounds 0, 1 to 25"
  })
  void aLoadThatMakesNoSenseIsWrongUsage(String command, String rule) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(List.of("--data", data.toString()));
    CommandLines.Result result = bazaar(words.toArray(String[]::new));
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains(words.get(1), rule);
  }

  @ParameterizedTest
  @Tag("C7")
  @ValueSource(
      strings = {
        "",
        "FishCo,1,1,",
        "name,price,quantity,max_trading_volume\nFish Co,1,1,",
        "name,price,quantity,max_trading_volume\nFishCo,1.005,1,",
        "name,price,quantity,max_trading_volume\nFishCo,1,1,\nFishCo,1,1,"
      })
  void aStocksFileThatMakesNoSenseIsRefusedBeforeAnythingIsListed(String text) throws IOException {
    Path file = Files.writeString(data.resolve("stocks.csv"), text);
    CommandLines.Result result =
        bazaar("catalog", "list", file.toString(), "--data", data.toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains(file.toString());
  }

  @Test
  @Tag("O7")
  void anOrderLogThatIsNotThereIsNoGoodOne() {
    CommandLines.Result result = bazaar("order", "verify", data.resolve("order-1").toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("BAD", "order-1");
    assertThat(bazaar("order", "export", data.toString()).status()).isEqualTo(1);
  }
}
