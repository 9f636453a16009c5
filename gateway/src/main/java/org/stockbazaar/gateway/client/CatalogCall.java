package org.stockbazaar.gateway.client;

import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.protocol.channel.ReplyHandler;
import org.stockbazaar.protocol.message.Message;

/**
 * One question to the catalog, over as many channels as it takes: questions change nothing and may
 * be asked again.
 */
final class CatalogCall<T> {
  final long deadlineNanos;
  final Question<T> question;
  private final Outcome<T> outcome;

  /** Since when there is nobody to ask. */
  boolean starved;

  long starvedSinceNanos;

  /**
   * What is asked.
   *
   * @param <T> what is told
   */
  interface Question<T> {
    /** Sends it; called again for another attempt. */
    void ask(long timeoutNanos, ReplyHandler handler);

    /** The attempt is over, well or not. */
    void ended();

    /** What a reply tells, null when it is no answer to this question. */
    T read(Message reply);
  }

  CatalogCall(Question<T> question, long deadlineNanos, Outcome<T> outcome) {
    this.question = question;
    this.deadlineNanos = deadlineNanos;
    this.outcome = outcome;
  }

  /** Tells the reply; false when it is no answer to this question. */
  boolean succeeds(Message reply) {
    T value = question.read(reply);
    if (value == null) {
      return false;
    }
    outcome.found(value);
    return true;
  }

  void fails(Problem problem) {
    outcome.failed(problem);
  }
}
