/**
 * What a node tells of itself: latencies per request kind in HdrHistograms, gauges and counters, in
 * Prometheus' text format, and its health over HTTP. Belongs to the node's event loop.
 */
package org.stockbazaar.protocol.metrics;
