package org.stockbazaar.bench.verify;

import java.util.List;

/**
 * The verdict on a system.
 *
 * @param good whether nothing that was checked is wrong
 * @param nodes each order node's log
 * @param prefix the logs against each other
 * @param catalog the catalog against a log
 */
public record SystemCheck(
    boolean good, List<NodeCheck> nodes, PrefixCheck prefix, CatalogCheck catalog) {}
