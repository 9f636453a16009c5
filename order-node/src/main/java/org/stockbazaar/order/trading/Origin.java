package org.stockbazaar.order.trading;

/**
 * Who asked, so that the answer finds its way back.
 *
 * @param connection the driver's number for the channel
 * @param correlation the request's correlation on it
 */
public record Origin(long connection, long correlation) {}
