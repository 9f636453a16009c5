package org.stockbazaar.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.protocol.message.Stock;

/** Sessions: order, limits, deadlines, the end. */
class HttpSessionTest {
  private static final String GET = "GET /stocks/GameStart HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String HEAD_OF_ORDER = "POST /orders HTTP/1.1\r\nHost: x\r\n";
  private static final String ORDER = "{\"name\":\"GameStart\",\"type\":\"buy\",\"quantity\":1}";

  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  private static HttpLimits limits(int sessionsMax, int requestsMax) {
    var standard = HttpLimits.standard();
    return new HttpLimits(
        standard.lineBytesMax(),
        standard.headerBytesMax(),
        standard.bodyBytesMax(),
        sessionsMax,
        requestsMax,
        standard.idleNanos(),
        standard.readNanos(),
        standard.writeNanos(),
        standard.lingerNanos(),
        standard.drainNanos());
  }

  private void refused(String request, int status) {
    var own = new Desk();
    var answer = own.ask(request);
    assertThat(answer.status()).as(request).isEqualTo(status);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(answer.header("Keep-Alive")).isNull();
    assertThat(answer.body()).startsWith("{\"error\":{\"code\":" + status + ",\"message\":\"");
    assertThat(own.channel.isOpen()).isFalse();
    assertThat(own.market.calls).isEmpty();
  }

  @Test
  @Tag("G7")
  void saysThatTheSessionGoesOn() {
    var answer = desk.ask(GET);
    assertThat(answer.head().lines())
        .containsExactly(
            "HTTP/1.1 200 OK",
            "Content-Type: application/json",
            "Content-Length: 77",
            "Connection: keep-alive",
            "Keep-Alive: timeout=10",
            "");
    assertThat(answer.body()).hasSize(77);
    assertThat(desk.channel.isOpen()).isTrue();
    assertThat(desk.get("/nowhere").header("Keep-Alive")).isEqualTo("timeout=10");
  }

  @Test
  @Tag("G7")
  void endsTheSessionWhenTheClientWantsThat() {
    var answer = desk.ask("GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(answer.header("Keep-Alive")).isNull();
    assertThat(desk.channel.isOpen()).isFalse();
  }

  @Test
  void keepsAnOldSessionOnlyWhenAsked() {
    var kept = desk.ask("GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    assertThat(kept.header("Connection")).isEqualTo("keep-alive");
    var last = desk.ask("GET /livez HTTP/1.0\r\n\r\n");
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.header("Connection")).isEqualTo("close");
    assertThat(desk.channel.isOpen()).isFalse();
  }

  @Test
  @Tag("G7")
  void closesAnIdleSessionAfterTenSeconds() {
    desk.passSeconds(9.9);
    assertThat(desk.ask(GET).status()).isEqualTo(200);
    desk.passSeconds(9.9);
    assertThat(desk.channel.isOpen()).isTrue();
    desk.passSeconds(0.1);
    assertThat(desk.channel.isOpen()).isFalse();
    assertThat(desk.received()).isEmpty();
  }

  @Test
  @Tag("G7")
  void doesNotCloseASessionThatWaitsForTheMarket() {
    desk.market.answersLater = true;
    desk.send(GET);
    desk.passSeconds(60);
    desk.market.answerNext();
    assertThat(desk.answer().status()).isEqualTo(200);
  }

  @Test
  @Tag("G7")
  void runsAndAnswersPipelinedRequestsOneAfterTheOther() {
    desk.market.answersLater = true;
    desk.send(
        HEAD_OF_ORDER
            + "Content-Length: "
            + ORDER.length()
            + "\r\n\r\n"
            + ORDER
            + GET
            + "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(desk.market.calls).containsExactly("trade buy 1 GameStart");
    assertThat(desk.received()).isEmpty();
    desk.market.answerNext();
    assertThat(desk.answer().body()).contains("transaction_number");
    assertThat(desk.market.calls).hasSize(2);
    desk.market.answerNext();
    var rest = desk.answers();
    assertThat(rest).hasSize(2);
    assertThat(rest.get(0).body()).contains("\"quantity\":99");
    assertThat(rest.get(1).body()).contains("live");
  }

  @Test
  @Tag("K2")
  void asksForAStockNotBeforeItsRequestWasReadAndTheOneBeforeItAnswered() {
    desk.passNanos(5);
    desk.send(GET);
    assertThat(desk.market.askedNanos).isEqualTo(desk.nowNanos());
    desk.market.answersLater = true;
    desk.send(HEAD_OF_ORDER + "Content-Length: " + ORDER.length() + "\r\n\r\n" + ORDER + GET);
    desk.passNanos(300_000_000);
    desk.market.answerNext();
    assertThat(desk.market.askedNanos).isEqualTo(desk.nowNanos());
  }

  @Test
  @Tag("G7")
  void answersAThousandPipelinedRequestsAndReadsNoMoreThanItCan() {
    desk.market.answersLater = true;
    desk.send(GET.repeat(1000));
    assertThat(desk.channel.config().isAutoRead()).isFalse();
    for (int i = 0; i < 1000; i++) {
      assertThat(desk.market.later).hasSize(1);
      desk.market.answerNext();
      desk.runTasks();
    }
    assertThat(desk.answers()).hasSize(1000).allMatch(answer -> answer.status() == 200);
    assertThat(desk.channel.config().isAutoRead()).isTrue();
  }

  @Test
  @Tag("G7")
  void answersWhatCameBeforeGarbageAndThenEnds() {
    desk.market.answersLater = true;
    desk.send(GET + "\u0001\u0002 garbage\r\n\r\n" + GET);
    desk.market.answerNext();
    var answers = desk.answers();
    assertThat(answers).extracting(Desk.Answer::status).containsExactly(200, 400);
    assertThat(desk.channel.isOpen()).isFalse();
    assertThat(desk.market.calls).hasSize(1);
  }

  @Test
  void readsARequestByteByByte() {
    String request = HEAD_OF_ORDER + "Content-Length: " + ORDER.length() + "\r\n\r\n" + ORDER;
    for (int i = 0; i < request.length(); i++) {
      assertThat(desk.received()).isEmpty();
      desk.send(request.substring(i, i + 1));
    }
    assertThat(desk.answer().status()).isEqualTo(200);
  }

  @Test
  void readsAChunkedBody() {
    var answer =
        desk.ask(
            HEAD_OF_ORDER
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "10\r\n"
                + ORDER.substring(0, 16)
                + "\r\n"
                + Integer.toHexString(ORDER.length() - 16)
                + ";x=y\r\n"
                + ORDER.substring(16)
                + "\r\n0\r\nTrailer: x\r\n\r\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(desk.ask(GET).status()).isEqualTo(200);
  }

  @Test
  @Tag("G6")
  void refusesWhatIsTooLong() {
    refused("GET /" + "a".repeat(8200) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
    refused("GET /" + "a".repeat(8200), 414);
    refused("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(16_400) + "\r\n\r\n", 431);
    refused("GET / HTTP/1.1\r\nHost: x\r\n" + "a: b\r\n".repeat(101) + "\r\n", 431);
    refused(HEAD_OF_ORDER + "Content-Length: 65537\r\n\r\n", 413);
    refused(HEAD_OF_ORDER + "Content-Length: 99999999999\r\n\r\n", 413);
    refused(
        HEAD_OF_ORDER + "Transfer-Encoding: chunked\r\n\r\n10001\r\n" + " ".repeat(65_537), 413);
  }

  @Test
  @Tag("G6")
  void readsWhatIsJustNotTooLong() {
    var line = "GET /stocks/GameStart?" + "a".repeat(8192 - 22 - 9) + " HTTP/1.1";
    assertThat(desk.ask(line + "\r\nHost: x\r\n\r\n").status()).isEqualTo(200);
    String body = " ".repeat(64 * 1024 - ORDER.length()) + ORDER;
    assertThat(desk.post("/orders", body).status()).isEqualTo(200);
  }

  @Test
  @Tag("G6")
  void refusesRequestsWhoseEndIsInDoubt() {
    refused(
        HEAD_OF_ORDER + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    refused(HEAD_OF_ORDER + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400);
    refused(HEAD_OF_ORDER + "Content-Length: 1, 2\r\n\r\nab", 400);
    refused(HEAD_OF_ORDER + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400);
    refused(HEAD_OF_ORDER + "Content-Length: +1\r\n\r\na", 400);
    refused(HEAD_OF_ORDER + "Content-Length: 1\r\n 0\r\n\r\na", 400);
    refused(HEAD_OF_ORDER + "Content-Length : 1\r\n\r\na", 400);
    refused(HEAD_OF_ORDER + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400);
    refused(HEAD_OF_ORDER + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400);
    refused(HEAD_OF_ORDER + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400);
    refused(HEAD_OF_ORDER + "Transfer-Encoding: chunked\r\n\r\n1g\r\n", 400);
    refused("POST /orders HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    refused("GET / HTTP/1.1\nHost: x\n\n", 400);
    refused("GET / HTTP/1.1\r\n\r\n", 400);
    refused("GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400);
    refused("GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505);
  }

  @Test
  @Tag("G6")
  void refusesARequestThatDoesNotGetComplete() {
    desk.send("GET /stocks/GameStart HTTP/1.1\r\nHo");
    for (int i = 0; i < 9; i++) {
      desk.passSeconds(1);
      desk.send("o");
    }
    assertThat(desk.received()).isEmpty();
    desk.passSeconds(1);
    var answer = desk.answer();
    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(desk.channel.isOpen()).isFalse();
  }

  @Test
  @Tag("G6")
  void refusesABodyThatDoesNotCome() {
    desk.send(HEAD_OF_ORDER + "Content-Length: 10\r\n\r\n123");
    desk.passSeconds(10);
    assertThat(desk.answer().status()).isEqualTo(408);
  }

  @Test
  @Tag("G6")
  void refusesRequestsThatTheClientBreaksOff() {
    for (String half :
        new String[] {
          "GET /sto", "GET / HTTP/1.1\r\nHo", HEAD_OF_ORDER + "Content-Length: 9\r\n\r\n1"
        }) {
      var own = new Desk();
      own.send(half);
      own.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      assertThat(own.answer().status()).as(half).isEqualTo(400);
      assertThat(own.channel.isOpen()).isFalse();
    }
  }

  @Test
  void answersAClientThatHasClosedItsOwnSide() {
    desk.market.answersLater = true;
    desk.send(GET + GET);
    desk.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    desk.market.answerNext();
    desk.market.answerNext();
    var answers = desk.answers();
    assertThat(answers).extracting(a -> a.header("Connection")).endsWith("close");
    assertThat(answers).hasSize(2).allMatch(answer -> answer.status() == 200);
    assertThat(desk.channel.isOpen()).isFalse();
  }

  @Test
  @Tag("G7")
  void answersAllThatWasHeldBackWhenItsClientClosedItsSide() {
    desk.market.answersLater = true;
    desk.send(GET);
    desk.send(GET + GET);
    desk.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    desk.market.answersLater = false;
    desk.market.answerNext();
    assertThat(desk.answers()).hasSize(3).allMatch(answer -> answer.status() == 200);
    assertThat(desk.channel.isOpen()).isFalse();
  }

  @Test
  @Tag("G6")
  void whatWasReadInTimeIsInTimeThoughItsRoundComesLater() {
    read(desk.channel, GET);
    desk.passSeconds(11);
    assertThat(desk.answer().status()).isEqualTo(200);
    assertThat(desk.channel.isOpen()).isTrue();
  }

  @Test
  @Tag("G6")
  void aRequestThatBeganWithAReplyOfOthersHasNoDeadlineOfItsClient() {
    desk.market.answersLater = true;
    for (int i = 0; i < 7; i++) {
      desk.session().writeInbound(Unpooled.copiedBuffer(GET, StandardCharsets.US_ASCII));
    }
    desk.send(GET);
    for (int i = 0; i < 7; i++) {
      desk.market.answerNext();
    }
    read(desk.channel, GET);
    desk.market.answerNext();
    assertThat(desk.answers()).hasSize(1);
    desk.passSeconds(11);
    assertThat(desk.channel.isOpen()).isTrue();
    desk.market.answerNext();
    assertThat(desk.answer().status()).isEqualTo(200);
  }

  /** As a socket gives bytes: their round is not run yet. */
  private static void read(EmbeddedChannel channel, String text) {
    channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  @Test
  void tellsTheClientToGoOnWithItsBody() {
    desk.send(
        HEAD_OF_ORDER + "Expect: 100-continue\r\nContent-Length: " + ORDER.length() + "\r\n\r\n");
    assertThat(desk.received()).startsWith("HTTP/1.1 100 Continue\r\n");
    assertThat(desk.ask(ORDER).status()).isEqualTo(200);
  }

  @Test
  void doesNotTellTheClientToGoOnWithABodyThatIsTooLong() {
    refused(HEAD_OF_ORDER + "Expect: 100-continue\r\nContent-Length: 70000\r\n\r\n", 413);
    refused(HEAD_OF_ORDER + "Expect: the-unexpected\r\nContent-Length: 1\r\n\r\n", 417);
  }

  @Test
  void tellsToGoOnOnlyAfterTheReplyBefore() {
    desk.market.answersLater = true;
    desk.send(
        GET
            + HEAD_OF_ORDER
            + "Expect: 100-continue\r\nContent-Length: "
            + ORDER.length()
            + "\r\n\r\n");
    assertThat(desk.received()).isEmpty();
    desk.market.answerNext();
    assertThat(desk.received()).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 100 Continue");
  }

  @Test
  @Tag("G6")
  void refusesRequestsBeyondTheBoundAndGoesOn() {
    var own = new Desk(limits(10, 1));
    own.market.answersLater = true;
    var other = own.session();
    other.writeInbound(Unpooled.copiedBuffer(GET, StandardCharsets.US_ASCII));
    var answer = own.ask(GET);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("Connection")).isEqualTo("keep-alive");
    assertThat(own.get("/livez").status()).isEqualTo(200);
    own.market.answerNext();
    own.send(GET);
    own.market.answerNext();
    assertThat(own.answer().status()).isEqualTo(200);
    own.close();
  }

  @Test
  @Tag("G6")
  void refusesSessionsBeyondTheBound() {
    var own = new Desk(limits(1, 1));
    var second = own.session();
    var text = second.<ByteBuf>readOutbound().toString(StandardCharsets.US_ASCII);
    assertThat(text).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1\r\n");
    assertThat(second.isOpen()).isFalse();
    own.channel.close();
    assertThat(own.session().isOpen()).isTrue();
  }

  @Test
  @Tag("G7")
  void runsNothingBehindALargeLastReply() {
    desk.market.listThousand();
    desk.market.answersLater = true;
    desk.send("GET /stocks?limit=1000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + GET);
    desk.market.answerNext();
    assertThat(desk.answers()).hasSize(1);
    assertThat(desk.market.calls).hasSize(1);
    assertThat(desk.channel.isOpen()).isFalse();
  }

  @Test
  @Tag("G6")
  void cutsWhoHasTakenNothingInForLongestWhenTooMuchIsUnsent() {
    desk.market.listThousand();
    String list = "GET /stocks?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n";
    var sessions = new ArrayList<Desk.Session>();
    for (int i = 0; i < 200; i++) {
      var session = desk.session();
      session.takesIn(false);
      session.writeInbound(Unpooled.copiedBuffer(list + list, StandardCharsets.US_ASCII));
      sessions.add(session);
      desk.passSeconds(0.01);
    }
    // Of each one reply is held, of 68 KB, and its second request waits.
    int open = (int) sessions.stream().filter(Desk.Session::isOpen).count();
    assertThat(open).isBetween(8 * 1024 / 70, 8 * 1024 / 60);
    assertThat(sessions.subList(200 - open, 200)).allMatch(Desk.Session::isOpen);
    assertThat(desk.market.calls).hasSize(200);
    assertThat(desk.get("/stocks/GameStart").status()).isEqualTo(200);
    var last = sessions.get(199);
    last.takesIn(true);
    desk.runTasks();
    assertThat(desk.market.calls).hasSize(202);
    assertThat(last.outboundMessages()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  @Tag("G6")
  void refusesBodiesWhenTooMuchOfThemIsHeld() {
    String most = HEAD_OF_ORDER + "Content-Length: 65536\r\n\r\n" + "a".repeat(65_000);
    for (int i = 0; i < 8 * 1024 / 64 - 1; i++) {
      desk.session().writeInbound(Unpooled.copiedBuffer(most, StandardCharsets.US_ASCII));
    }
    assertThat(desk.received()).isEmpty();
    desk.session().writeInbound(Unpooled.copiedBuffer(most, StandardCharsets.US_ASCII));
    assertThat(desk.ask(most).status()).isEqualTo(503);
    desk.passSeconds(10);
    var own = desk.session();
    own.writeInbound(Unpooled.copiedBuffer(most, StandardCharsets.US_ASCII));
    assertThat(own.<ByteBuf>readOutbound()).isNull();
  }

  @Test
  void cutsAClientThatTakesInNoReplies() {
    desk.ask(GET);
    desk.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    desk.send(GET);
    desk.passSeconds(0);
    desk.passSeconds(9.9);
    assertThat(desk.channel.isOpen()).isTrue();
    assertThat(desk.market.calls).hasSize(1);
    desk.passSeconds(0.2);
    assertThat(desk.channel.isOpen()).isFalse();
  }

  @Test
  void goesOnWhenTheClientTakesInItsReplies() {
    desk.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    desk.send(GET);
    assertThat(desk.market.calls).isEmpty();
    desk.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    desk.channel.runPendingTasks();
    assertThat(desk.answer().status()).isEqualTo(200);
  }

  @Test
  @Tag("G12")
  void drainsByAnsweringWhatWasAccepted() {
    desk.market.answersLater = true;
    desk.send(GET);
    var done = new boolean[1];
    desk.server.drain(() -> done[0] = true);
    assertThat(done[0]).isFalse();
    desk.market.answerNext();
    var answer = desk.answer();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Connection")).isEqualTo("close");
    assertThat(desk.channel.isOpen()).isFalse();
    assertThat(done[0]).isTrue();
  }

  @Test
  @Tag("G12")
  void drainsSilentSessionsAfterAMomentInWhichTheyMaySpeak() {
    desk.ask(GET);
    desk.server.drain(() -> {});
    desk.passSeconds(0.9);
    assertThat(desk.get("/readyz").body()).contains("stopping");
    assertThat(desk.channel.isOpen()).isFalse();

    var silent = new Desk();
    silent.server.drain(() -> {});
    silent.passSeconds(1);
    assertThat(silent.channel.isOpen()).isFalse();
  }

  @Test
  @Tag("G12")
  void drainsAtOnceWithoutSessions() {
    desk.channel.close();
    desk.runTasks();
    var done = new boolean[1];
    desk.server.drain(() -> done[0] = true);
    assertThat(done[0]).isTrue();
  }

  @Test
  void dropsTheOutcomeOfASessionThatIsGone() {
    desk.market.answersLater = true;
    desk.send(GET);
    desk.channel.close();
    desk.market.answerNext();
    desk.market.list(new Stock("Other", 1, 1, 0, 0, 1));
    assertThat(desk.metrics.text()).contains("bazaar_http_requests 0\n");
  }
}
