package org.stockbazaar.gateway;

import java.nio.file.Path;
import org.stockbazaar.gateway.admin.BearerToken;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import picocli.CommandLine.Option;

/** The options of the operators' port; a picocli mixin. */
final class AdminOptions {
  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description =
          "Port for operators: /cluster, /leader, /cache, /reset; 0 takes any free one. Without it"
              + " there is none.")
  private Integer port;

  @Option(
      names = "--admin-host",
      defaultValue = "127.0.0.1",
      paramLabel = "HOST",
      description =
          "Address that the operators' port is on (default: ${DEFAULT-VALUE}). The token crosses"
              + " the network in clear: take another one only where nobody listens.")
  private String host;

  @Option(
      names = "--token",
      paramLabel = "FILE",
      description = "File with the token that operators show, at least 16 characters.")
  private Path token;

  /**
   * Where operators come in, and with what.
   *
   * @param address where to listen
   * @param token what they have to show
   */
  record Admin(HostPort address, BearerToken token) {}

  /** Null when there is no such port; {@link FailedException} when the options do not fit. */
  Admin load() {
    if (port == null) {
      return null;
    }
    GatewayNode.check(port >= 0 && port <= 65_535, "--admin-port", "0 to 65535", port);
    if (token == null) {
      throw new FailedException(
          "--admin-port " + port + " needs --token FILE: what operators have to show");
    }
    return new Admin(new HostPort(host, port), BearerToken.load(token));
  }
}
