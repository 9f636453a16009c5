package org.stockbazaar.bench.cluster;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.stockbazaar.bench.session.HttpReply;

/** Asks a node how it is, on its health port. */
public final class Vitals {
  private static final int TIMEOUT_MILLIS = 1000;
  private static final int TEXT_MAX = 200;

  private Vitals() {}

  /** Null when it is ready, else what it waits for. */
  public static String missing(Site site, NodePlan node) {
    try {
      HttpReply reply = site.get(node, "/readyz", TIMEOUT_MILLIS);
      return reply.status() == 200 ? null : oneLine(reply.body());
    } catch (IOException e) {
      return "does not answer on " + node.http() + " yet";
    }
  }

  public static boolean isAlive(Site site, NodePlan node) {
    try {
      return site.get(node, "/livez", TIMEOUT_MILLIS).status() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its metrics without labels, by name; empty when it does not answer. */
  static Map<String, Double> metrics(Site site, NodePlan node) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    try {
      for (String line : site.get(node, "/metrics", TIMEOUT_MILLIS).body().split("\n", -1)) {
        int space = line.indexOf(' ');
        if (space > 0 && !line.startsWith("#") && line.indexOf('{') < 0) {
          metrics.put(line.substring(0, space), Double.valueOf(line.substring(space + 1).strip()));
        }
      }
    } catch (IOException | NumberFormatException e) {
      metrics.clear();
    }
    return metrics;
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= TEXT_MAX ? line : line.substring(0, TEXT_MAX) + "…";
  }
}
