/**
 * What the gateway keeps of the catalog, and for how long it may. Pure: no IO, threads, clock or
 * logger; time is passed in. {@link org.stockbazaar.gateway.client} feeds it from the catalog's
 * channel.
 */
package org.stockbazaar.gateway.cache;
