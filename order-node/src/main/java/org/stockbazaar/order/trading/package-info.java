/**
 * Buying and selling on the leader: keys, the book, what waits for release, and the feed of the
 * catalog. Events in, effects out. Pure: no files, sockets, clock or threads.
 */
package org.stockbazaar.order.trading;
