package org.stockbazaar.bench.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.stockbazaar.bench.cluster.Kind;
import org.stockbazaar.bench.cluster.NodePlan;
import org.stockbazaar.bench.cluster.Site;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.HttpReply;
import org.stockbazaar.protocol.config.HostPort;

/** Runs each process in a namespace of its own; for a process that itself runs in the hub. */
final class NamespaceSite implements Site {
  private final Namespaces namespaces;

  NamespaceSite(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  @Override
  public List<NodePlan> place(List<NodePlan> nodes) {
    UnaryOperator<String> moved =
        argument -> {
          for (NodePlan node : nodes) {
            argument = argument.replace(node.address().toString(), moved(node).toString());
          }
          return argument;
        };
    List<NodePlan> placed = new ArrayList<>();
    for (NodePlan node : nodes) {
      HostPort address = moved(node);
      placed.add(
          new NodePlan(
              node.name(),
              node.kind(),
              node.node(),
              address,
              node.http().equals(node.address()) ? address : node.http(),
              node.ports(),
              node.arguments().stream().map(moved).toList()));
    }
    return placed;
  }

  private HostPort moved(NodePlan node) {
    return new HostPort(namespaces.address(node.name()), node.address().port());
  }

  @Override
  public List<String> command(NodePlan node, List<String> command) {
    return namespaces.at(node.name(), command);
  }

  /** Gateways are asked from here; what others serve on loopback, within their namespaces. */
  @Override
  public HttpReply get(NodePlan node, String path, int timeoutMillis) throws IOException {
    if (node.kind() == Kind.GATEWAY) {
      return HttpConnection.get(node.http(), path, timeoutMillis);
    }
    String ask =
        String.format(
            "exec 3<>/dev/tcp/%s/%d && printf 'GET %s HTTP/1.1\\r\\nHost: it\\r\\n\\r\\n' >&3"
                + " && cat <&3",
            node.http().host(), node.http().port(), path);
    String seconds = String.valueOf(Math.max(1, timeoutMillis / 1000));
    String reply =
        Namespaces.run(namespaces.at(node.name(), List.of("timeout", seconds, "bash", "-c", ask)));
    int body = reply.indexOf("\r\n\r\n");
    if (body < 0 || !reply.startsWith("HTTP/1.1 ")) {
      throw new IOException("no HTTP reply: " + reply);
    }
    return new HttpReply(
        Integer.parseInt(reply.substring(9, 12)), Map.of(), reply.substring(body + 4));
  }
}
