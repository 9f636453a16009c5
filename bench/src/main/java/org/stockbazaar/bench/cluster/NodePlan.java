package org.stockbazaar.bench.cluster;

import java.util.List;
import org.stockbazaar.protocol.config.HostPort;

/**
 * One process of a system.
 *
 * @param name {@code catalog}, {@code order-1}, {@code gateway-1}
 * @param kind what it is
 * @param node its number among its kind
 * @param address where its clients connect
 * @param http where it serves {@code /livez}, {@code /readyz} and {@code /metrics}
 * @param ports every port that it listens on
 * @param arguments its program arguments
 */
public record NodePlan(
    String name,
    Kind kind,
    int node,
    HostPort address,
    HostPort http,
    List<Integer> ports,
    List<String> arguments) {}
