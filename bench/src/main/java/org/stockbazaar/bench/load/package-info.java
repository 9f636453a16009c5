/**
 * Load at a constant rate, or as much as there is: lanes on one event loop, requests encoded
 * beforehand, latencies from when a request was due and from when it was sent. Judges nothing but
 * speed; sessions and chaos say whether answers are right.
 */
package org.stockbazaar.bench.load;
