/** The catalog node's main. */
package org.stockbazaar.catalog;
