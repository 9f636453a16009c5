package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Map;

/**
 * The headers of replies. Those of short JSON on a session that goes on are made once for each
 * length, as one line that holds them all, and then shared: the codec copies two strings, not
 * eight. Belongs to the event loop.
 */
final class ReplyHeaders {
  private static final int SHARED_LENGTH_MAX = 511;
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("Keep-Alive");
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
  private static final AsciiString CONNECTION = AsciiString.cached("Connection");

  private final HttpHeaders[] shared = new HttpHeaders[SHARED_LENGTH_MAX + 1];
  private final AsciiString timeout;

  ReplyHeaders(long idleSeconds) {
    timeout = new AsciiString("timeout=" + idleSeconds);
  }

  /** The headers for this reply; not to be changed. */
  HttpHeaders of(Reply reply, boolean keepAlive) {
    int length = reply.body().length;
    boolean plain =
        keepAlive
            && reply.extraName() == null
            && length <= SHARED_LENGTH_MAX
            && HttpHeaderValues.APPLICATION_JSON.equals(reply.contentType());
    if (!plain) {
      return make(reply, keepAlive);
    }
    if (shared[length] == null) {
      shared[length] = oneLine(make(reply, true));
    }
    return shared[length];
  }

  /** The bytes on the wire are the same; nobody looks a reply's headers up. */
  private static HttpHeaders oneLine(HttpHeaders headers) {
    var values = new StringBuilder();
    String name = null;
    for (Map.Entry<String, String> header : headers) {
      if (name == null) {
        name = header.getKey();
        values.append(header.getValue());
      } else {
        values.append("\r\n").append(header.getKey()).append(": ").append(header.getValue());
      }
    }
    return new ReadOnlyHttpHeaders(false, new AsciiString(name), new AsciiString(values));
  }

  private HttpHeaders make(Reply reply, boolean keepAlive) {
    var pairs = new CharSequence[keepAlive ? 8 : 6];
    pairs[0] = CONTENT_TYPE;
    pairs[1] = reply.contentType();
    pairs[2] = CONTENT_LENGTH;
    pairs[3] = new AsciiString(Integer.toString(reply.body().length));
    pairs[4] = CONNECTION;
    pairs[5] = keepAlive ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE;
    if (keepAlive) {
      pairs[6] = KEEP_ALIVE;
      pairs[7] = timeout;
    }
    if (reply.extraName() == null) {
      return new ReadOnlyHttpHeaders(false, pairs);
    }
    var more = Arrays.copyOf(pairs, pairs.length + 2);
    more[pairs.length] = reply.extraName();
    more[pairs.length + 1] = reply.extraValue();
    return new ReadOnlyHttpHeaders(false, more);
  }
}
