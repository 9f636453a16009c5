package org.stockbazaar.catalog.view;

/**
 * Who asked for what and when, so that the answer finds its way back.
 *
 * @param session the server's number for the channel
 * @param gateway the gateway's id, 0 for other nodes
 * @param correlation the request's correlation
 * @param kind the kind of request, for its latency
 * @param sinceNanos when it was received
 */
public record Asker(long session, int gateway, long correlation, String kind, long sinceNanos) {}
