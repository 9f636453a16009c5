package org.stockbazaar.protocol.channel;

import org.stockbazaar.protocol.message.Message;

/**
 * Port: a persistent channel to one peer, opened again whenever it closes. Many calls share it;
 * each has a deadline. Everything but {@link #start} and {@link #close} belongs to the node's event
 * loop; nothing blocks.
 */
public interface Client {
  /** Begins to connect, and goes on until closed. */
  void start();

  /** Closes the channel for good; calls in flight are lost. */
  void close();

  boolean isOpen();

  /** The open channel's connection, null when there is none. */
  Connection connection();

  /**
   * Sends a request at the next flush. {@code handler} is told of the end exactly once, maybe
   * before this returns.
   *
   * @param timeoutNanos how long to wait for the reply, from now
   */
  void call(Message request, long timeoutNanos, ReplyHandler handler);

  /** Sends a one-way message at the next flush; false when it is not: no channel, or no room. */
  boolean tell(Message oneWay);

  /** Hands calls and messages to the network: once per turn. */
  void flush();

  /** Hears of the channel; all calls come on the node's event loop. */
  public interface Listener {
    /** The channel is open: calls and one-way messages are taken. */
    void opened(Message.Hello hello);

    /**
     * What the peer sent that answers no call: one-way, or, with a correlation, a request of the
     * peer's that is answered by {@code connection().send}.
     */
    void received(long correlation, Message message);

    /** Everything that had arrived was received, replies included: a good moment to flush. */
    void readComplete();

    /** The channel is closed; called before the calls in flight are told that they are lost. */
    void closed();
  }
}
