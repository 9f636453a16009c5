package org.stockbazaar.protocol.channel;

/** Takes a server's authenticated channels. */
@FunctionalInterface
public interface Acceptor {
  /** The session that serves this channel, or null to refuse it: it is closed. */
  Session accepted(Connection connection);
}
