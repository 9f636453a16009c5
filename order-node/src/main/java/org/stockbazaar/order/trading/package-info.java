/**
 * What an order is allowed to do: keys, book, exchange. Pure: no input or output, threads, clock,
 * logger or randomness; requests and committed entries come in, ordered effects go out.
 */
package org.stockbazaar.order.trading;
