/**
 * Finds the leader of the order nodes, and has one elected when there is none. Pure: events and
 * ticks in, ordered effects out; time and randomness are passed in. {@link
 * org.stockbazaar.gateway.client} carries the effects out.
 */
package org.stockbazaar.gateway.election;
