package org.stockbazaar.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.HttpLimits;
import org.stockbazaar.gateway.http.HttpMetrics;
import org.stockbazaar.gateway.http.HttpServer;
import org.stockbazaar.gateway.http.Incident;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.protocol.channel.Transport;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.metrics.Metrics;

/** What operators are answered, over real sockets. */
@Tag("G10")
class AdminTest {
  private static final String TOKEN = "0123456789abcdef0123";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final FakeOperations operations = new FakeOperations();
  private final Transport transport = Transport.open("admin");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HostPort address = start();

  private HostPort start() {
    var server =
        new HttpServer(
            new AdminRoutes(operations, BearerToken.of(TOKEN)),
            new HttpMetrics(new Metrics(), "bazaar_admin_http"),
            new Incident(new GatewayStart(1, 1)),
            HttpLimits.standard(),
            System::nanoTime);
    return server.start(transport, new HostPort("127.0.0.1", 0), "--admin-port");
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private HttpResponse<String> ask(String method, String path, String body, String authorization)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(String method, String path, String body) throws Exception {
    return ask(method, path, body, "Bearer " + TOKEN);
  }

  private static String error(int code, String message) {
    return "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\"}}";
  }

  @Test
  void withoutTheTokenNobodyLearnsAnything() throws Exception {
    String[] wrong = {
      null, "", "Bearer", "Bearer ", "Bearer x", "Basic " + TOKEN, TOKEN, "Bearer " + TOKEN + "0"
    };
    for (String authorization : wrong) {
      for (String path : new String[] {"/cluster", "/nothing"}) {
        var answer = ask("GET", path, "", authorization);
        assertThat(answer.statusCode()).as(authorization).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.headers().firstValue("Connection")).contains("keep-alive");
        assertThat(answer.body()).startsWith("{\"error\":{\"code\":401,\"message\":\"Authoriz");
        assertThat(answer.body()).doesNotContain(TOKEN);
      }
      assertThat(ask("POST", "/reset", "", authorization).statusCode()).isEqualTo(401);
    }
    assertThat(operations.calls).isEmpty();
    assertThat(ask("GET", "/cache", "", "bearer  " + TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void showsTheCluster() throws Exception {
    operations.pongs[1] = new Pong(1, 1, true, 4, 4, 50, 48, 42, 3, false);
    operations.pongs[2] = new Pong(2, 1, false, 3, 3, 20, 20, 0, 3, false);
    var none = ask("GET", "/cluster", "");
    assertThat(none.body()).startsWith("{\"data\":{\"leader\":null,\"epoch\":null,\"replicas\":[{");
    operations.pongs[3] = new Pong(3, 1, true, 4, 4, 50, 50, 42, 3, true);
    var answer = ask("GET", "/cluster/", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"data\":{\"leader\":\"order-3\",\"epoch\":4,\"replicas\":["
                + "{\"id\":1,\"name\":\"order-1\",\"address\":\"127.0.0.1:9090\","
                + "\"role\":\"follower\",\"serving\":false,"
                + "\"epoch\":4,\"last_number\":41,\"lag\":2},"
                + "{\"id\":2,\"name\":\"order-2\",\"address\":\"127.0.0.1:9100\","
                + "\"role\":\"learner\",\"serving\":false,"
                + "\"epoch\":3,\"last_number\":null,\"lag\":30},"
                + "{\"id\":3,\"name\":\"order-3\",\"address\":\"127.0.0.1:9110\","
                + "\"role\":\"leader\",\"serving\":true,"
                + "\"epoch\":4,\"last_number\":41,\"lag\":0}]}}");
  }

  @Test
  void aDeposedLeaderThatDoesNotKnowItIsNotTheLeader() throws Exception {
    operations.pongs[1] = new Pong(1, 1, true, 5, 5, 9, 9, 7, 1, true);
    operations.pongs[3] = new Pong(3, 1, true, 4, 4, 9, 9, 7, 3, true);
    assertThat(ask("GET", "/cluster", "").body())
        .contains("\"leader\":\"order-1\",\"epoch\":5")
        .contains("\"order-2\",\"address\":\"127.0.0.1:9100\",\"role\":\"unreachable\"");
  }

  @Test
  void handsTheLeadershipOver() throws Exception {
    var answer = ask("POST", "/leader", "{\"to\":\"order-3\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"data\":{\"leader\":\"order-3\",\"epoch\":8}}");
    assertThat(operations.calls).containsExactly("lead 3");
  }

  @Test
  void saysWhyALeaderCannotBe() throws Exception {
    var unknown = ask("POST", "/leader", "{\"to\":\"order-9\"}");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body())
        .isEqualTo(error(404, "to: must be one of order-1, order-2, order-3, not 'order-9'"));
    String[] bad = {"", "{}", "{\"to\":3}", "{\"to\":\"order-3\",\"to\":\"order-3\"}", "[]"};
    for (String body : bad) {
      assertThat(ask("POST", "/leader", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(ask("GET", "/leader", "").statusCode()).isEqualTo(405);
    assertThat(operations.calls).isEmpty();
    operations.problem = new Problem(Problem.Kind.NOT_POSSIBLE, "order-3 cannot");
    var impossible = ask("POST", "/leader", "{\"to\":\"order-3\"}");
    assertThat(impossible.statusCode()).isEqualTo(409);
    assertThat(impossible.body()).isEqualTo(error(409, "order-3 cannot"));
    operations.problem = new Problem(Problem.Kind.UNAVAILABLE, "no order node leads");
    var later = ask("POST", "/leader", "{\"to\":\"order-3\"}");
    assertThat(later.statusCode()).isEqualTo(503);
    assertThat(later.headers().firstValue("Retry-After")).contains("1");
  }

  @Test
  void showsAndSwitchesTheCache() throws Exception {
    assertThat(ask("GET", "/cache", "").body())
        .isEqualTo(
            "{\"data\":{\"enabled\":true,\"entries\":3,\"entries_max\":100,\"hits\":7,\"misses\":2,"
                + "\"invalidations\":1,\"hit_ratio\":0.777}}");
    assertThat(ask("PUT", "/cache", "{\"enabled\":false}").body()).contains("\"enabled\":false");
    assertThat(ask("PUT", "/cache", "{\"enabled\":true}").body()).contains("\"enabled\":true");
    for (String body :
        new String[] {"", "{}", "{\"enabled\":1}", "{\"enabled\":\"true\"}", "{\"on\":1}"}) {
      assertThat(ask("PUT", "/cache", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(operations.calls).containsExactly("cache false", "cache true");
    var wrong = ask("POST", "/cache", "");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("GET, HEAD, PUT");
  }

  @Test
  void theRatioIsWrittenWithThreeDecimals() {
    assertThat(ratio(0, 0)).isEqualTo("null");
    assertThat(ratio(0, 9)).isEqualTo("0.000");
    assertThat(ratio(1, 99)).isEqualTo("0.010");
    assertThat(ratio(9, 0)).isEqualTo("1.000");
  }

  private static String ratio(long hits, long misses) {
    byte[] bytes = CacheResource.json(new CacheFigures(true, 0, 1, hits, misses, 0));
    var json = new String(bytes, StandardCharsets.US_ASCII);
    return json.replaceFirst(".*\"hit_ratio\":(.*)}}", "$1");
  }

  @Test
  void hasTheCacheForgetOneOrAll() throws Exception {
    assertThat(ask("POST", "/cache/invalidate?name=FishCo", "").body())
        .isEqualTo("{\"data\":{\"invalidated\":3}}");
    assertThat(ask("POST", "/cache/invalidate", "").statusCode()).isEqualTo(200);
    assertThat(ask("POST", "/cache/invalidate?name=", "").statusCode()).isEqualTo(200);
    assertThat(ask("POST", "/cache/invalidate?nam=FishCo", "").statusCode()).isEqualTo(400);
    assertThat(ask("POST", "/cache/invalidate?name=a%20b", "").statusCode()).isEqualTo(400);
    assertThat(operations.calls)
        .containsExactly("invalidate FishCo", "invalidate null", "invalidate null");
  }

  @Test
  @Tag("O2")
  void resetsWhereThatIsAllowed() throws Exception {
    assertThat(ask("POST", "/reset", "").body())
        .isEqualTo("{\"data\":{\"reset\":true,\"index\":41}}");
    assertThat(ask("POST", "/reset", "{\"all\":1}").statusCode()).isEqualTo(400);
    operations.problem = new Problem(Problem.Kind.NOT_ALLOWED, "reset: no");
    assertThat(ask("POST", "/reset", "").body()).isEqualTo(error(403, "reset: no"));
    operations.problem = new Problem(Problem.Kind.OUTCOME_UNKNOWN, "no answer");
    var unknown = ask("POST", "/reset", "");
    assertThat(unknown.statusCode()).isEqualTo(504);
    assertThat(unknown.body()).contains("outcome unknown", "no answer").doesNotContain("Key");
  }

  @Test
  void isNoWayToTheMarket() throws Exception {
    for (String path : new String[] {"/stocks", "/stocks/FishCo", "/orders/1", "/metrics"}) {
      assertThat(ask("GET", path, "").statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aTokenIsReadFromItsFileAndHeldToItsRule(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("token");
    assertThatThrownBy(() -> BearerToken.load(file))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("--token");
    for (String bad : new String[] {"", "short\n", "0123456789 0123456789\n"}) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> BearerToken.load(file))
          .isInstanceOf(FailedException.class)
          .hasMessageContaining(file.toString());
    }
    Files.writeString(file, TOKEN + "\n");
    assertThat(BearerToken.load(file)).isNotNull();
  }
}
