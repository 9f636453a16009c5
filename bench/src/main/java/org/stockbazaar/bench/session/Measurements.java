package org.stockbazaar.bench.session;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Latencies per request kind, as one client measured them; for one thread. */
public final class Measurements {
  private static final int DIGITS = 3;

  private final Map<RequestKind, Histogram> histograms = new EnumMap<>(RequestKind.class);

  public Measurements() {
    for (RequestKind kind : RequestKind.values()) {
      histograms.put(kind, new Histogram(DIGITS));
    }
  }

  /** One request took so long, its retries included. */
  public void record(RequestKind kind, long nanos) {
    histograms.get(kind).recordValue(Math.max(0, nanos));
  }

  /** Adds what another client measured. */
  public void add(Measurements other) {
    histograms.forEach((kind, histogram) -> histogram.add(other.histograms.get(kind)));
  }

  /** The latencies of one kind, in nanoseconds. */
  public Histogram of(RequestKind kind) {
    return histograms.get(kind);
  }
}
