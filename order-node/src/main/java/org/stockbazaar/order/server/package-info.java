/**
 * An order node's sockets, files and timers: hands the driver its events and carries out what it
 * wants. Decides nothing. Everything runs on the node's one event loop.
 */
package org.stockbazaar.order.server;
