package org.stockbazaar.bench.experiment;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stockbazaar.bench.session.HttpConnection;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.protocol.config.HostPort;

/**
 * How many requests a gateway has answered since its start, and how long they took together, from
 * its {@code /metrics}. Between two looks that gives a mean; quantiles there are of all time.
 */
final class GatewaySums {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final Pattern LINE =
      Pattern.compile("bazaar_request_seconds_(sum|count)\\{kind=\"([a-z_]+)\"} ([0-9.]+)");
  private static final double NANOS = 1e9;

  private final Map<RequestKind, Double> counts = new EnumMap<>(RequestKind.class);
  private final Map<RequestKind, Double> nanos = new EnumMap<>(RequestKind.class);

  private GatewaySums() {}

  /** Empty where the gateway does not tell. */
  static GatewaySums read(HostPort gateway) {
    try {
      return parse(HttpConnection.get(gateway, "/metrics", TIMEOUT_MILLIS).body());
    } catch (IOException e) {
      return new GatewaySums();
    }
  }

  static GatewaySums parse(String metrics) {
    var sums = new GatewaySums();
    Matcher line = LINE.matcher(metrics);
    while (line.find()) {
      RequestKind kind = GatewayKinds.of(line.group(2));
      if (kind != null) {
        double value = Double.parseDouble(line.group(3));
        if (line.group(1).equals("count")) {
          sums.counts.put(kind, value);
        } else {
          sums.nanos.put(kind, value * NANOS);
        }
      }
    }
    return sums;
  }

  /** What came in between; kinds of which either look tells nothing are left out. */
  Map<RequestKind, ServerTime> since(GatewaySums before) {
    Map<RequestKind, ServerTime> times = new EnumMap<>(RequestKind.class);
    counts.forEach(
        (kind, count) -> {
          double since = count - before.counts.getOrDefault(kind, Double.NaN);
          double took = nanos.getOrDefault(kind, Double.NaN) - before.nanos.getOrDefault(kind, 0.0);
          if (since > 0 && !Double.isNaN(took)) {
            times.put(kind, new ServerTime((long) since, took / since, null));
          }
        });
    return times;
  }
}
