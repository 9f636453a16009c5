/** The check for programmer errors: always on, and it stops the node. */
package org.stockbazaar.protocol.invariant;
