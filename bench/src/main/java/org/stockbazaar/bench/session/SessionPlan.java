package org.stockbazaar.bench.session;

import org.stockbazaar.protocol.config.HostPort;

/**
 * What sessions do.
 *
 * @param gateway whom they talk to
 * @param sessions how many at once
 * @param requests stock lookups of each session
 * @param p probability of a trade after a lookup, 0 to 1
 * @param seed decides what is looked up and traded
 * @param deadlineMillis how long a request is retried
 */
public record SessionPlan(
    HostPort gateway, int sessions, int requests, double p, long seed, long deadlineMillis) {}
