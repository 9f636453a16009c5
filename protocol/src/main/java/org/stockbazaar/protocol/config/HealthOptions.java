package org.stockbazaar.protocol.config;

import picocli.CommandLine.Option;

/** The option of nodes whose health is asked on a port of its own; a picocli mixin. */
public final class HealthOptions {
  @Option(
      names = "--http-port",
      required = true,
      paramLabel = "PORT",
      description = "Loopback port for /livez, /readyz and /metrics; 0 takes any free one.")
  private int port;

  /** Where to serve health: loopback only. */
  public HostPort address() {
    return new HostPort("127.0.0.1", port);
  }
}
