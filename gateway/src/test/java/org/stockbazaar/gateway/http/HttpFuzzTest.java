package org.stockbazaar.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mutates good requests, by seed: each is answered within the rules or closed, nothing is a fault
 * of the server's, and nothing stays behind.
 */
class HttpFuzzTest {
  private static final int ROUNDS = 6_000;
  private static final long SEED = 20_261_121;
  private static final String ORDER = "{\"name\":\"GameStart\",\"type\":\"buy\",\"quantity\":100}";
  private static final List<String> GOOD =
      List.of(
          "GET /stocks/GameStart HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /stocks?after=BoarCo&limit=10 HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
          "GET /orders/10 HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n",
          "GET /stock/Fish%43o/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
          "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
              + ORDER.length()
              + "\r\nIdempotency-Key: a1\r\n\r\n"
              + ORDER,
          "POST /order/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "20\r\n"
              + ORDER.substring(0, 32)
              + "\r\n"
              + Integer.toHexString(ORDER.length() - 32)
              + "\r\n"
              + ORDER.substring(32)
              + "\r\n0\r\n\r\n",
          "POST /orders HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
              + ORDER.length()
              + "\r\n\r\n"
              + ORDER);
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          ":",
          " ",
          "\t",
          ",",
          "%",
          "{",
          "}",
          "\"",
          "\\u0000",
          "0",
          "-1",
          "e9",
          "chunked",
          "Content-Length: 3\r\n",
          "Transfer-Encoding: chunked\r\n",
          "HTTP/1.1",
          "\u0000",
          "\u00ff",
          "\u0080");

  /** The first finding of so many rounds, or null. */
  private static String firstFinding(long seed, int rounds, Consumer<Desk> plant) {
    var random = new SplittableRandom(seed);
    for (int round = 0; round < rounds; round++) {
      var input = mutated(random);
      var desk = new Desk();
      plant.accept(desk);
      String finding = finding(desk, input, random);
      if (finding != null) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        return "seed " + seed + ", round " + round + ": " + finding + " for:\n" + text;
      }
    }
    return null;
  }

  private static byte[] mutated(SplittableRandom random) {
    var text = new StringBuilder();
    int requests = random.nextInt(1, 4);
    for (int i = 0; i < requests; i++) {
      text.append(GOOD.get(random.nextInt(GOOD.size())));
    }
    int changes = random.nextInt(4);
    for (int i = 0; i < changes && text.length() > 0; i++) {
      change(text, random);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void change(StringBuilder text, SplittableRandom random) {
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + random.nextInt(1, 12));
    switch (random.nextInt(6)) {
      case 0 -> text.setCharAt(at, (char) random.nextInt(256));
      case 1 -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
      case 2 -> text.delete(at, end);
      case 3 -> text.insert(at, text.substring(at, end).repeat(random.nextInt(1, 40)));
      case 4 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      default -> text.setLength(at);
    }
  }

  private static String finding(Desk desk, byte[] input, SplittableRandom random) {
    int cut = random.nextInt(input.length + 1);
    desk.send(Arrays.copyOfRange(input, 0, cut));
    if (desk.channel.isOpen()) {
      desk.send(Arrays.copyOfRange(input, cut, input.length));
    }
    desk.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    for (Desk.Answer answer : desk.answers()) {
      boolean known =
          switch (answer.status()) {
            case 100, 200, 400, 404, 405, 409, 413, 414, 415, 417, 422, 431, 505 -> true;
            default -> false;
          };
      if (!known) {
        return "status " + answer.status();
      }
      boolean error = answer.status() >= 400;
      if (error && !answer.body().isEmpty() && !answer.body().contains(":" + answer.status())) {
        return "status " + answer.status() + " with " + answer.body();
      }
    }
    if (desk.channel.isOpen()) {
      return "the session is still open";
    }
    String figures = desk.metrics.text();
    if (!figures.contains("\nbazaar_http_sessions 0\n")
        || !figures.contains("\nbazaar_http_requests 0\n")) {
      return "something stayed behind";
    }
    return null;
  }

  @Test
  @Tag("G6")
  void everyMutatedRequestIsAnsweredWithinTheRules() {
    assertThat(firstFinding(SEED, ROUNDS, desk -> {})).isNull();
  }

  @Test
  void findsAPlantedFault() {
    // A market that fails on what only mutation makes: a stock that nobody has.
    assertThat(firstFinding(SEED, ROUNDS, desk -> desk.market.failsOnUnknownStock = true))
        .contains("status 500");
  }
}
