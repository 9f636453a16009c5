/**
 * Carries out what the pure parts of an order node want: log, sync, send, in that order. Knows no
 * socket; the server hands it events and takes its effects.
 */
package org.stockbazaar.order.driver;
