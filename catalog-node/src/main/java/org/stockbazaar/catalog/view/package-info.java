/**
 * The catalog as a view of the order log: applies committed entries in index order, exactly once,
 * and says what of it is released. Pure: no files, sockets, clock or threads.
 */
package org.stockbazaar.catalog.view;
