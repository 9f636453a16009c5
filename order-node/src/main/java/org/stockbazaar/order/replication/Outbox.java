package org.stockbazaar.order.replication;

import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Message;

/**
 * Port: what a replica wants done, in this order. Calls do not block. A call may lead back into
 * {@link Replica#propose} and {@link Replica#confirm}, and into nothing else of the replica.
 */
public interface Outbox {
  /** Sends {@code message} to replica {@code to}; it promises nothing and may leave at once. */
  void send(int to, Message message);

  /**
   * Sends {@code message}, which promises that everything appended so far is on this replica's
   * disk: it must not leave before the log is synced.
   */
  void promise(int to, Message message);

  /** {@code entry} was appended to the own log, by whomever; it is not durable yet. */
  void appended(Entry entry);

  /** Everything behind {@code lastKept} is gone from the own log. */
  void truncated(long lastKept);

  /** Every entry up to {@code index} is committed. Grows. */
  void committed(long index);

  /** This replica leads in {@code epoch}, which its entry at {@code epochIndex} opens. */
  void leads(long epoch, long epochIndex);

  /** The EPOCH entry of the epoch that this replica leads is committed. */
  void serves();

  /** This replica leads no more; {@code leader} does, or 0 for nobody known. */
  void deposed(int leader);

  /** A majority has heard this leader after {@link Replica#confirm} gave {@code round}. */
  void confirmed(long round);
}
