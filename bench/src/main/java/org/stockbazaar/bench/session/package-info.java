/**
 * Clients of a gateway: keep-alive sessions that trade, remember and compare, and the small HTTP
 * client under them. What is here knows a gateway by its address only, so it also works against a
 * remote one.
 */
package org.stockbazaar.bench.session;
