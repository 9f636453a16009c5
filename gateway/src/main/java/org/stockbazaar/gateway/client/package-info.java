/**
 * The market as the gateway reaches it: the catalog's channel with the cache, the channels to all
 * order nodes with the election, and calls that outlive a leader. Everything runs on the gateway's
 * one event loop. Knows nothing of HTTP but the port that it implements.
 */
package org.stockbazaar.gateway.client;
