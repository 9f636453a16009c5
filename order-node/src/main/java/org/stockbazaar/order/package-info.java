/** The order node's program: options in, one node wired and run. */
package org.stockbazaar.order;
