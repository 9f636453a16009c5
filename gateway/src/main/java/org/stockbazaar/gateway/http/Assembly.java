package org.stockbazaar.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Arrays;
import java.util.Iterator;

/** A request whose head has come and whose body is coming. Belongs to its session. */
final class Assembly {
  private static final byte[] NOTHING = {};
  private static final int FIRST_BYTES = 256;

  private final HttpRequest head;
  private final int bytesMax;
  private byte[] body = NOTHING;
  private int size;
  private boolean expects;

  /** Begins with {@code head}; refuses one that no body can make good. */
  Assembly(HttpRequest head, int bytesMax) throws RefusedException {
    this.head = head;
    this.bytesMax = bytesMax;
    checkVersion();
    checkHost();
    checkFraming();
    checkExpectation();
  }

  private void checkVersion() throws RefusedException {
    HttpVersion version = head.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new RefusedException(
          HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED,
          "HTTP version: must be 1.1 or 1.0, not " + RefusedException.quote(version.text()));
    }
  }

  /** RFC 9112, 3.2: exactly one Host in HTTP/1.1. */
  private void checkHost() throws RefusedException {
    Iterator<? extends CharSequence> hosts =
        head.headers().valueCharSequenceIterator(HttpHeaderNames.HOST);
    if (!hosts.hasNext()) {
      if (head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        throw RefusedException.bad("Host", "missing; HTTP/1.1 requests have exactly one");
      }
      return;
    }
    CharSequence host = hosts.next();
    if (hosts.hasNext()) {
      throw RefusedException.bad("Host", "must stand once, not several times");
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '/' || c == '@' || c == '?' || c == '#') {
        throw RefusedException.bad("Host", "must be a host and perhaps a port", host.toString());
      }
    }
  }

  /** The codec refused what contradicts itself; this refuses codings that nobody decodes. */
  private void checkFraming() throws RefusedException {
    HttpHeaders headers = head.headers();
    String coding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    if (coding != null
        && (!HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)
            || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1)) {
      throw RefusedException.bad("Transfer-Encoding", "must be chunked", coding);
    }
    if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)
        && HttpUtil.getContentLength(head, 0L) > bytesMax) {
      throw tooLarge(headers.get(HttpHeaderNames.CONTENT_LENGTH));
    }
  }

  private void checkExpectation() throws RefusedException {
    String expectation = head.headers().get(HttpHeaderNames.EXPECT);
    expects = expectation != null;
    if (expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
      throw new RefusedException(
          HttpResponseStatus.EXPECTATION_FAILED,
          "Expect: must be 100-continue, not " + RefusedException.quote(expectation));
    }
  }

  /** Whether the client sends the body only after it was told to go on. */
  boolean waitsForContinue() {
    return expects && HttpUtil.is100ContinueExpected(head);
  }

  /**
   * Adds a part of the body; refuses the part that makes it too long.
   *
   * @param last whether no other part follows
   */
  void add(ByteBuf part, boolean last) throws RefusedException {
    int more = part.readableBytes();
    if (size + more > bytesMax) {
      throw tooLarge("more");
    }
    if (size + more > body.length) {
      int room = last ? size + more : Math.max(size + more, Math.max(FIRST_BYTES, 2 * body.length));
      body = size == 0 ? new byte[room] : Arrays.copyOf(body, room);
    }
    part.readBytes(body, size, more);
    size += more;
  }

  /** How many bytes of heap the body takes. */
  int bodyBytes() {
    return body.length;
  }

  /** The request, now that all of it is there. */
  Request complete() {
    return new Request(
        head.method(),
        head.uri(),
        head.headers(),
        size == body.length ? body : Arrays.copyOf(body, size),
        HttpUtil.isKeepAlive(head),
        null);
  }

  private RefusedException tooLarge(String value) {
    return new RefusedException(
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "body: must be at most " + bytesMax + " bytes, not " + RefusedException.quote(value));
  }
}
