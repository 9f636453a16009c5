package org.stockbazaar.bench.verify;

import java.util.List;

/**
 * Whether the replicas' logs are equal as far as they must be.
 *
 * @param compared the nodes whose logs were compared; fewer than two compare nothing
 * @param entries how many entries were compared
 * @param good false when they differ
 * @param text the result in words
 */
public record PrefixCheck(List<String> compared, long entries, boolean good, String text) {}
