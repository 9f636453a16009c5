/** The catalog node on the network: channels of gateways, order nodes and tools, and its life. */
package org.stockbazaar.catalog.server;
