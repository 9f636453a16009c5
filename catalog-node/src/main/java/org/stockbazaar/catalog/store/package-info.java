/**
 * The stocks on disk: a persisted Chronicle Map, and the mark that says whether it was closed
 * cleanly. Nothing here decides what a stock is worth.
 */
package org.stockbazaar.catalog.store;
