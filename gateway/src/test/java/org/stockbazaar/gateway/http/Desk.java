package org.stockbazaar.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.protocol.metrics.Metrics;

/** A server over a fake market with a clock of its own, and one session by bytes in memory. */
final class Desk {
  private static final int READ_BYTES = 2048;

  final FakeMarket market = new FakeMarket();
  final Metrics metrics = new Metrics();
  final HttpServer server;
  final Session channel;
  private final List<Session> sessions = new ArrayList<>();
  private long nowNanos = -7;

  Desk() {
    this(HttpLimits.standard());
  }

  Desk(HttpLimits limits) {
    server = new HttpServer(market, metrics, new GatewayStart(1, 1), limits, () -> nowNanos);
    channel = session();
  }

  /** As on an event loop, a task never runs in the middle of something else. */
  static final class Session extends EmbeddedChannel {
    private boolean takesIn = true;

    Session() {
      super(false, false);
    }

    /** Whether its client takes replies in. */
    void takesIn(boolean takesIn) {
      this.takesIn = takesIn;
      flush();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer unsent) throws Exception {
      if (takesIn) {
        super.doWrite(unsent);
      }
    }

    @Override
    public void runPendingTasks() {
      // Not here.
    }

    void runTasks() {
      super.runPendingTasks();
    }
  }

  Session session() {
    runTasks();
    var session = new Session();
    sessions.add(session);
    server.open(session);
    try {
      session.register();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    runTasks();
    return session;
  }

  /** Ends all sessions and gives back what nobody read. */
  void close() {
    for (EmbeddedChannel session : sessions) {
      session.finishAndReleaseAll();
    }
  }

  long nowNanos() {
    return nowNanos;
  }

  /** Time passes for who looks at the clock; deadlines are not looked at. */
  void passNanos(long nanos) {
    nowNanos += nanos;
  }

  void passSeconds(double seconds) {
    nowNanos += (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    server.tick();
    runTasks();
  }

  void send(String text) {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** By 2 KiB, as a socket gives them. */
  void send(byte[] bytes) {
    for (int from = 0; from < bytes.length && channel.isOpen(); from += READ_BYTES) {
      int length = Math.min(READ_BYTES, bytes.length - from);
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, from, length));
    }
    runTasks();
  }

  /** Each session has a loop of its own here, and the server's turns are on the first one's. */
  void runTasks() {
    for (int pass = 0; pass < 2; pass++) {
      for (Session session : sessions) {
        session.runTasks();
      }
    }
  }

  /** Everything that was sent since the last call, as text. */
  String received() {
    runTasks();
    var text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    return text.toString();
  }

  /** The reply to {@code text}. */
  Answer ask(String text) {
    send(text);
    return answer();
  }

  Answer get(String target) {
    return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  Answer post(String target, String body, String... headers) {
    var more = new StringBuilder();
    for (String header : headers) {
      more.append(header).append("\r\n");
    }
    return ask(
        "POST "
            + target
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
            + body.getBytes(StandardCharsets.ISO_8859_1).length
            + "\r\n"
            + more
            + "\r\n"
            + body);
  }

  Answer answer() {
    List<Answer> answers = answers();
    if (answers.size() != 1) {
      throw new AssertionError("one answer expected: " + answers);
    }
    return answers.get(0);
  }

  /** All replies that have come, taken apart by their Content-Length. */
  List<Answer> answers() {
    var answers = new ArrayList<Answer>();
    String rest = received();
    while (!rest.isEmpty()) {
      var answer = Answer.parse(rest);
      answers.add(answer);
      rest = rest.substring(answer.length());
    }
    return answers;
  }

  /**
   * A reply as a client sees it.
   *
   * @param head status line and headers
   */
  record Answer(int status, String head, String body, int length) {
    static Answer parse(String text) {
      int end = text.indexOf("\r\n\r\n") + 4;
      String head = text.substring(0, end);
      int status = Integer.parseInt(head.substring(9, 12));
      int bodyLength = status == 100 ? 0 : Integer.parseInt(header(head, "Content-Length"));
      // A reply to HEAD has the length of a body that does not come.
      if (text.length() < end + bodyLength || text.startsWith("HTTP/1.1", end)) {
        bodyLength = 0;
      }
      return new Answer(status, head, text.substring(end, end + bodyLength), end + bodyLength);
    }

    String header(String name) {
      return header(head, name);
    }

    private static String header(String head, String name) {
      int at = head.indexOf("\r\n" + name + ": ");
      if (at < 0) {
        return null;
      }
      int from = at + name.length() + 4;
      return head.substring(from, head.indexOf("\r\n", from));
    }
  }
}
