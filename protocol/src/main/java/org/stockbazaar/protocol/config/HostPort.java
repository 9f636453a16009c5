package org.stockbazaar.protocol.config;

import java.net.InetSocketAddress;

/**
 * An address to listen on or to connect to, written {@code host:port}.
 *
 * @param host a name or an IPv4 address, or an IPv6 address (in brackets when written)
 * @param port 1 to 65535, or 0 to listen on any free port
 */
public record HostPort(String host, int port) {
  private static final int PORT_MAX = 65_535;

  public HostPort {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the host is empty; write host:port");
    }
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to " + PORT_MAX);
    }
  }

  /** Reads {@code host:port}; {@link IllegalArgumentException} says what is wrong with it. */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + text + "' has no port; write host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("'" + text + "': write an IPv6 address in brackets");
    }
    String port = text.substring(colon + 1);
    try {
      return new HostPort(host, Integer.parseInt(port));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + port + "' is not a port; write host:port", e);
    }
  }

  /** The address to bind or to connect; resolves the name. */
  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
