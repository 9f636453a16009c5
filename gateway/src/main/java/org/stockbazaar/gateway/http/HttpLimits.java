package org.stockbazaar.gateway.http;

import java.util.concurrent.TimeUnit;

/**
 * The bounds of HTTP: sizes in bytes, times in nanoseconds. What is beyond is refused with the
 * status that says so, or cut.
 *
 * @param lineBytesMax request line; beyond: 414
 * @param headerBytesMax all headers of a request; beyond: 431
 * @param bodyBytesMax body of a request; beyond: 413
 * @param sessionsMax sessions at once; beyond: 503 and closed
 * @param requestsMax requests waiting for the market at once; beyond: 503
 * @param idleNanos a session without a request is closed after this
 * @param readNanos a request must be complete this long after its first byte; else 408
 * @param writeNanos a client that takes in no replies is cut after this
 * @param lingerNanos a closing session waits so long for its client to read and to close
 * @param drainNanos a draining server waits so long for a silent session's next request
 */
public record HttpLimits(
    int lineBytesMax,
    int headerBytesMax,
    int bodyBytesMax,
    int sessionsMax,
    int requestsMax,
    long idleNanos,
    long readNanos,
    long writeNanos,
    long lingerNanos,
    long drainNanos) {

  /** The bounds that the specification names, and sizes that fit a heap of 64 MiB. */
  public static HttpLimits standard() {
    return new HttpLimits(
        8 * 1024,
        16 * 1024,
        64 * 1024,
        2_048,
        1_024,
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(2),
        TimeUnit.SECONDS.toNanos(1));
  }

  long idleSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(idleNanos);
  }
}
