/**
 * Who may still show an old state of a stock: gateways' leases, what they hold, and which applied
 * entries therefore are not released yet. Pure: no files, sockets, clock or threads.
 */
package org.stockbazaar.catalog.lease;
