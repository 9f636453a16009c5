package org.stockbazaar.gateway.client;

import java.util.function.Supplier;
import org.stockbazaar.gateway.http.Outcome;
import org.stockbazaar.gateway.http.Problem;
import org.stockbazaar.gateway.http.Problem.Kind;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.LetGo;
import org.stockbazaar.protocol.message.Side;

/**
 * One request to the order nodes, over as many attempts as leaders it takes.
 *
 * <p>Invariant: {@code unresolved} counts the attempts that may have been logged, or may yet be:
 * while it is not 0, a trade may have happened and its failure is an unknown outcome.
 */
abstract class Call {
  final long deadlineNanos;

  /** The newest attempt; answers to older ones count only when they are good. */
  int attempt;

  int unresolved;

  /** Nobody works on the newest attempt: it is to be sent again. */
  boolean waiting = true;

  boolean done;

  /** Since when the leader says that something is missing. */
  boolean starved;

  long starvedSinceNanos;

  /** Neighbours among the open calls, in order of their deadlines. */
  Call previous;

  Call next;

  private Call(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * A trade.
   *
   * @param letGo lets its stock go and says so, each time before it is sent
   */
  static Call trade(
      Key key,
      Side side,
      long quantity,
      String stock,
      Supplier<LetGo> letGo,
      long deadlineNanos,
      Outcome<Long> outcome) {
    return new Call(deadlineNanos) {
      @Override
      Message request(long epoch) {
        return new Message.Trade(epoch, key, side, quantity, stock, letGo.get());
      }

      @Override
      boolean succeeds(Message reply) {
        if (reply instanceof Message.Traded traded) {
          outcome.found(traded.number());
          return true;
        }
        return false;
      }

      @Override
      void fails(Problem problem) {
        outcome.failed(problem);
      }

      @Override
      boolean mayHaveHappened() {
        return unresolved > 0;
      }

      @Override
      Kind notFound() {
        return Kind.STOCK_NOT_FOUND;
      }
    };
  }

  static Call order(Message.FindOrder find, long deadlineNanos, Outcome<Message.Order> outcome) {
    return new Call(deadlineNanos) {
      @Override
      Message request(long epoch) {
        return find;
      }

      @Override
      boolean succeeds(Message reply) {
        if (reply instanceof Message.Order order) {
          outcome.found(order);
          return true;
        }
        return false;
      }

      @Override
      void fails(Problem problem) {
        outcome.failed(problem);
      }

      @Override
      boolean mayHaveHappened() {
        return false;
      }

      @Override
      Kind notFound() {
        return Kind.ORDER_NOT_FOUND;
      }
    };
  }

  /** What to send to the leader of an epoch; asked for only when it is sent at once. */
  abstract Message request(long epoch);

  /** Hands the reply to whoever asked; false when it is no answer to this request. */
  abstract boolean succeeds(Message reply);

  abstract void fails(Problem problem);

  /** Whether a failure leaves it open if the request took effect. */
  abstract boolean mayHaveHappened();

  /** What NOT_FOUND means here. */
  abstract Kind notFound();
}
