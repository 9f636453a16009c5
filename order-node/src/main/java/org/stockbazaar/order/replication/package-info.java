/**
 * Raft's rules for one replica, and the ports that it stands on. Pure: no input or output, threads,
 * clock, logger or randomness; events and {@code nowNanos} come in, ordered effects go out.
 */
package org.stockbazaar.order.replication;
