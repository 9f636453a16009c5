package org.stockbazaar.gateway.http;

import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Gives each failure of the HTTP codec its status and a sentence. */
final class MalformedHttp {
  private final HttpLimits limits;

  MalformedHttp(HttpLimits limits) {
    this.limits = limits;
  }

  /** The request line or the headers could not be read. */
  RefusedException head(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new RefusedException(
          HttpResponseStatus.REQUEST_URI_TOO_LONG,
          "request line: must be at most " + limits.lineBytesMax() + " bytes");
    }
    return any(cause);
  }

  /** A chunk or a trailer could not be read. */
  RefusedException body(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return RefusedException.bad("chunk", "its line must be at most " + limits.lineBytesMax());
    }
    return any(cause);
  }

  /** The client closed its side within a request. */
  static RefusedException endedEarly() {
    return RefusedException.bad("request", "ended early");
  }

  private RefusedException any(Throwable cause) {
    if (cause instanceof TooLongHttpHeaderException) {
      return new RefusedException(
          HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
          "headers: must be at most "
              + limits.headerBytesMax()
              + " bytes and "
              + BoundedHeaders.COUNT_MAX
              + " lines");
    }
    if (cause instanceof PrematureChannelClosureException) {
      return endedEarly();
    }
    String message = cause.getMessage();
    return RefusedException.bad(
        "request", "must be HTTP/1.1: " + (message == null ? cause.toString() : message));
  }
}
