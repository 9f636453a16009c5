package org.stockbazaar.order.server;

import java.nio.file.Path;
import org.stockbazaar.protocol.config.ClusterSecret;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;

/**
 * How an order node was configured.
 *
 * @param node its id
 * @param peers the order group, itself included
 * @param catalog where the catalog node listens
 * @param listen where to listen
 * @param health where to serve health
 * @param data its own directory
 * @param secret the cluster's secret
 * @param force false leaves syncing to the operating system
 * @param allowReset whether operators may reset all stocks
 * @param histogramLog file for latencies once a second, null for none
 */
public record OrderConfiguration(
    int node,
    PeerList peers,
    HostPort catalog,
    HostPort listen,
    HostPort health,
    Path data,
    ClusterSecret secret,
    boolean force,
    boolean allowReset,
    Path histogramLog) {}
