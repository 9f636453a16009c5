package org.stockbazaar.gateway.http;

/**
 * One start of one gateway: sets apart what it makes up, keys and incidents, from all others.
 *
 * @param gateway its number
 * @param incarnation grows with each start
 */
public record GatewayStart(int gateway, long incarnation) {}
