package org.stockbazaar.bench.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ObjLongConsumer;
import org.stockbazaar.bench.session.RequestKind;

/**
 * Asks one thing at a time. Requests that are due while it waits for an answer are sent as soon as
 * that is there. Belongs to the event loop.
 */
abstract class Lane {
  /** What a lane tells the run. */
  interface Run {
    /** An HTTP status: 409 for a refusal, 503 for whatever else goes wrong. */
    void answered(Lane lane, int status);

    /** It is closed; a request that waited has no answer. */
    void broke(Lane lane);
  }

  private final Run run;
  private final Choice choice;
  private final Deque<Long> dues = new ArrayDeque<>();

  RequestKind kind;
  long dueNanos;
  long sentNanos;
  boolean waits;

  Lane(Run run, Choice choice) {
    this.run = run;
    this.choice = choice;
  }

  abstract boolean isOpen();

  /** Sends a request of this kind. */
  abstract void transmit(RequestKind kind);

  abstract void close();

  /** A request is due: sent now, or when the lane is free. */
  final void due(long atNanos, long nowNanos) {
    if (waits || !isOpen()) {
      dues.addLast(atNanos);
    } else {
      send(atNanos, nowNanos);
    }
  }

  /** Sends the oldest request that is due, if there is one. */
  final void sendNext(long nowNanos) {
    Long next = isOpen() ? dues.pollFirst() : null;
    if (next != null) {
      send(next, nowNanos);
    }
  }

  private void send(long atNanos, long nowNanos) {
    kind = choice.kind();
    dueNanos = atNanos;
    sentNanos = nowNanos;
    waits = true;
    transmit(kind);
  }

  final void answered(int status) {
    waits = false;
    run.answered(this, status);
  }

  final void broke() {
    run.broke(this);
  }

  /** Tells kind and due time of all that has no answer. */
  final void unanswered(ObjLongConsumer<RequestKind> each) {
    if (waits) {
      each.accept(kind, dueNanos);
    }
    dues.forEach(due -> each.accept(choice.kind(), due));
  }

  /** How many requests are due and not sent. */
  final int late() {
    return dues.size();
  }
}
