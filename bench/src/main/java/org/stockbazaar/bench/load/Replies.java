package org.stockbazaar.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.net.ProtocolException;

/**
 * Finds the ends of HTTP/1.1 replies in a stream. Reads status and Content-Length and skips the
 * rest; what a gateway never sends (chunks, a reply without length) is an error.
 */
final class Replies {
  private static final byte[] LENGTH = {
    'c', 'o', 'n', 't', 'e', 'n', 't', '-', 'l', 'e', 'n', 'g', 't', 'h', ':'
  };
  private static final int LINE_BYTES_MAX = 8192;
  private static final int STATUS_AT = 9;

  private int status;
  private long bodyLeft = -1;
  private boolean hasLength;
  private long length;

  /**
   * Takes bytes up to the end of one reply.
   *
   * @return its status; 0 when more bytes are needed
   */
  int take(ByteBuf in) throws ProtocolException {
    while (bodyLeft < 0) {
      int end = in.forEachByte(ByteProcessor.FIND_LF);
      if (end < 0) {
        if (in.readableBytes() > LINE_BYTES_MAX) {
          throw new ProtocolException("a line of more than " + LINE_BYTES_MAX + " bytes");
        }
        return 0;
      }
      line(in, end);
    }
    int skipped = (int) Math.min(bodyLeft, in.readableBytes());
    in.skipBytes(skipped);
    bodyLeft -= skipped;
    if (bodyLeft > 0) {
      return 0;
    }
    int complete = status;
    status = 0;
    bodyLeft = -1;
    hasLength = false;
    return complete;
  }

  private void line(ByteBuf in, int end) throws ProtocolException {
    int begin = in.readerIndex();
    int bytes = end - begin;
    if (bytes > 0 && in.getByte(end - 1) == '\r') {
      bytes--;
    }
    if (status == 0) {
      status = status(in, begin, bytes);
    } else if (bytes == 0) {
      if (!hasLength) {
        throw new ProtocolException("a reply without Content-Length");
      }
      bodyLeft = length;
    } else if (isLength(in, begin, bytes)) {
      hasLength = true;
      length = number(in, begin + LENGTH.length, begin + bytes);
    }
    in.readerIndex(end + 1);
  }

  private static int status(ByteBuf in, int begin, int bytes) throws ProtocolException {
    int status = bytes < STATUS_AT + 3 ? 0 : (int) number(in, STATUS_AT + begin, begin + 12);
    if (status < 100) {
      throw new ProtocolException("no status line");
    }
    return status;
  }

  private static boolean isLength(ByteBuf in, int begin, int bytes) {
    if (bytes <= LENGTH.length) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      byte seen = in.getByte(begin + i);
      int lower = seen >= 'A' && seen <= 'Z' ? seen + ('a' - 'A') : seen;
      if (lower != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(ByteBuf in, int from, int to) throws ProtocolException {
    long number = 0;
    for (int at = from; at < to; at++) {
      byte digit = in.getByte(at);
      if (digit >= '0' && digit <= '9') {
        number = Math.min(number * 10 + digit - '0', Integer.MAX_VALUE);
      } else if (digit != ' ') {
        throw new ProtocolException("not a number in a reply");
      }
    }
    return number;
  }
}
