package org.stockbazaar.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * Replies as bytes (RFC 9112, 4 and 6), one buffer each. What stands before the body of short JSON
 * with status 200, on a session that goes on, is made once for each length of a body: nearly every
 * reply is two copies. Belongs to the event loop.
 */
final class ReplyEncoder {
  private static final int KEPT_LENGTH_MAX = 511;
  private static final String END = "\r\n";

  private final byte[][] kept = new byte[KEPT_LENGTH_MAX + 1][];
  private final long idleSeconds;

  ReplyEncoder(long idleSeconds) {
    this.idleSeconds = idleSeconds;
  }

  /**
   * The reply to a request of this method: to HEAD without its body, whose length is told all the
   * same.
   */
  ByteBuf encode(Reply reply, HttpMethod method, boolean keepAlive, ByteBufAllocator allocator) {
    byte[] head = head(reply, keepAlive);
    int bodyBytes = method.equals(HttpMethod.HEAD) ? 0 : reply.body().length;
    return allocator
        .ioBuffer(head.length + bodyBytes)
        .writeBytes(head)
        .writeBytes(reply.body(), 0, bodyBytes);
  }

  private byte[] head(Reply reply, boolean keepAlive) {
    int length = reply.body().length;
    boolean plain =
        keepAlive
            && reply.extraName() == null
            && length <= KEPT_LENGTH_MAX
            && HttpResponseStatus.OK.equals(reply.status())
            && HttpHeaderValues.APPLICATION_JSON.equals(reply.contentType());
    if (!plain) {
      return make(reply, keepAlive);
    }
    if (kept[length] == null) {
      kept[length] = make(reply, true);
    }
    return kept[length];
  }

  private byte[] make(Reply reply, boolean keepAlive) {
    var head = new StringBuilder("HTTP/1.1 ").append(reply.status()).append(END);
    add(head, "Content-Type", reply.contentType());
    add(head, "Content-Length", Integer.toString(reply.body().length));
    add(head, "Connection", keepAlive ? "keep-alive" : "close");
    if (keepAlive) {
      add(head, "Keep-Alive", "timeout=" + idleSeconds);
    }
    if (reply.extraName() != null) {
      add(head, reply.extraName(), reply.extraValue());
    }
    return head.append(END).toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void add(StringBuilder head, CharSequence name, CharSequence value) {
    head.append(name).append(": ").append(value).append(END);
  }
}
