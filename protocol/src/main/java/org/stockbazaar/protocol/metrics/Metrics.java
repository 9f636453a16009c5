package org.stockbazaar.protocol.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * A node's figures under their names, written in Prometheus' text format 0.0.4. Names begin with
 * {@code bazaar_}. Belongs to the node's event loop.
 */
public final class Metrics {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99, 0.999, 1};
  private static final String REQUESTS = "bazaar_request_seconds";

  private final Map<String, Latencies> requests = new LinkedHashMap<>();
  private final Map<String, Counter> counters = new LinkedHashMap<>();
  private final List<Figure> figures = new ArrayList<>();

  private record Figure(String name, String type, String help, LongSupplier value) {}

  /** The latencies of the requests of this kind, in {@code bazaar_request_seconds{kind="…"}}. */
  public Latencies requests(String kind) {
    return requests.computeIfAbsent(kind, k -> new Latencies());
  }

  /** A number that {@code value} tells whenever it is asked for. */
  public void gauge(String name, String help, LongSupplier value) {
    figures.add(new Figure(name, "gauge", help, value));
  }

  /** A number that only grows; its name ends in {@code _total}. One name has one counter. */
  public Counter counter(String name, String help) {
    return counters.computeIfAbsent(
        name,
        n -> {
          var counter = new Counter();
          figures.add(new Figure(name, "counter", help, counter::count));
          return counter;
        });
  }

  /** A number that only grows and that {@code value} tells; its name ends in {@code _total}. */
  public void counter(String name, String help, LongSupplier value) {
    figures.add(new Figure(name, "counter", help, value));
  }

  /** Calls {@code visitor} with each kind of request and its latencies. */
  void forEachKind(BiConsumer<String, Latencies> visitor) {
    requests.forEach(visitor);
  }

  /** Everything, in Prometheus' text format. */
  public String text() {
    var text = new StringBuilder(4096);
    if (!requests.isEmpty()) {
      head(text, REQUESTS, "summary", "Latency of requests by kind, since the start.");
      requests.forEach((kind, latencies) -> summary(text, kind, latencies));
    }
    String last = "";
    for (Figure figure : figures) {
      // One name may stand with several labels; its head is written once.
      String name = figure.name.replaceFirst("\\{.*", "");
      if (!name.equals(last)) {
        head(text, name, figure.type, figure.help);
        last = name;
      }
      text.append(figure.name).append(' ').append(figure.value.getAsLong()).append('\n');
    }
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void summary(StringBuilder text, String kind, Latencies latencies) {
    for (double quantile : QUANTILES) {
      text.append(REQUESTS).append("{kind=\"").append(kind).append("\",quantile=\"");
      text.append(quantile == 1 ? "1" : Double.toString(quantile)).append("\"} ");
      text.append(seconds(latencies.nanosAt(quantile))).append('\n');
    }
    String label = "{kind=\"" + kind + "\"} ";
    text.append(REQUESTS).append("_sum").append(label);
    text.append(seconds(latencies.sumNanos())).append('\n');
    text.append(REQUESTS).append("_count").append(label).append(latencies.count()).append('\n');
  }

  private static String seconds(long nanos) {
    long second = TimeUnit.SECONDS.toNanos(1);
    return String.format(Locale.ROOT, "%d.%09d", nanos / second, nanos % second);
  }
}
