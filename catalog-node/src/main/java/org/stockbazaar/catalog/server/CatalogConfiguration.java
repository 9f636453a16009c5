package org.stockbazaar.catalog.server;

import java.nio.file.Path;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;

/**
 * What a catalog node is told at its start.
 *
 * @param listen where gateways, order nodes and tools connect
 * @param health where health is served
 * @param data its own directory
 * @param secret the cluster's
 * @param stocks listed when they are new
 * @param stocksMax how many stocks the map is made for
 * @param checkpointEntries entries of the log from one checkpoint to the next
 * @param histogramLog the HdrHistogram log, null for none
 */
public record CatalogConfiguration(
    HostPort listen,
    HostPort health,
    Path data,
    ClusterSecret secret,
    StocksFile stocks,
    long stocksMax,
    long checkpointEntries,
    Path histogramLog) {}
