package org.stockbazaar.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.metrics.Latencies;

/**
 * One request and its one reply. A resource answers through it, now or later; the reply of a
 * session that is gone is dropped. On the event loop.
 */
public final class Exchange {
  private final HttpSession session;
  private final HttpServer server;
  private final Request request;
  private final long startNanos;
  private Latencies latencies;
  private boolean admitted;
  private boolean answered;

  Exchange(HttpSession session, HttpServer server, Request request, long startNanos) {
    this.session = session;
    this.server = server;
    this.request = request;
    this.startNanos = startNanos;
  }

  Request request() {
    return request;
  }

  /** When it began: its request had been read, and the one before it answered. */
  long startNanos() {
    return startNanos;
  }

  boolean isDraining() {
    return server.isDraining();
  }

  /** Takes one of the places of requests at once; false when there is none left. */
  boolean admit(Resource resource) {
    admitted = resource.bounded() && server.admit();
    return admitted || !resource.bounded();
  }

  /** Records how long the answer took, in {@code latencies}. */
  void measure(Latencies latencies) {
    this.latencies = latencies;
  }

  /** Answers; once. */
  public void reply(Reply reply) {
    Invariant.check(!answered, "a request is answered once", request.target());
    answered = true;
    long nowNanos = server.nowNanos();
    if (admitted) {
      server.release();
    }
    if (latencies != null) {
      latencies.record(nowNanos - startNanos);
    }
    session.replied(this, reply, nowNanos);
  }

  /** Answers with a rule that the request is against. */
  void refuse(RefusedException refusal) {
    reply(Reply.error(refusal.status(), refusal.getMessage()));
  }

  /** Answers with the status that the market's problem has. */
  public void fail(Problem problem) {
    switch (problem.kind()) {
      case STOCK_NOT_FOUND -> error(HttpResponseStatus.NOT_FOUND, "stock not found");
      case ORDER_NOT_FOUND -> error(HttpResponseStatus.NOT_FOUND, "order not found");
      case QUANTITY_INSUFFICIENT ->
          error(HttpResponseStatus.CONFLICT, with("insufficient quantity", problem));
      case VOLUME_LIMIT -> error(HttpResponseStatus.CONFLICT, "trading volume limit reached");
      case KEY_REUSED ->
          error(
              HttpResponseStatus.UNPROCESSABLE_ENTITY,
              with("Idempotency-Key: belongs to another order", problem));
      case NOT_ALLOWED -> error(HttpResponseStatus.FORBIDDEN, problem.detail());
      case NOT_POSSIBLE -> error(HttpResponseStatus.CONFLICT, problem.detail());
      case OVERLOADED -> error(HttpResponseStatus.SERVICE_UNAVAILABLE, with("overloaded", problem));
      case UNAVAILABLE ->
          error(HttpResponseStatus.SERVICE_UNAVAILABLE, with("unavailable", problem));
      case OUTCOME_UNKNOWN ->
          error(
              HttpResponseStatus.GATEWAY_TIMEOUT,
              with("outcome unknown; a repeat with the same Idempotency-Key tells", problem));
      case INTERNAL -> fault(problem.detail(), null);
    }
  }

  /** Answers 500; the cause is in the log under the id that the client gets. */
  void fault(String what, Throwable cause) {
    String id = server.incident(what + " at " + request.method() + " " + request.target(), cause);
    error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error; the log has incident " + id);
  }

  boolean isAnswered() {
    return answered;
  }

  private void error(HttpResponseStatus status, String message) {
    reply(Reply.error(status, message));
  }

  private static String with(String message, Problem problem) {
    return problem.detail().isEmpty() ? message : message + ": " + problem.detail();
  }
}
