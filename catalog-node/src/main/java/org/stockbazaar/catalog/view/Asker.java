package org.stockbazaar.catalog.view;

/**
 * Who asked, so that the answer finds its way back.
 *
 * @param session the server's number for the channel
 * @param gateway the gateway's id, 0 for other nodes
 * @param correlation the request's correlation
 */
public record Asker(long session, int gateway, long correlation) {}
