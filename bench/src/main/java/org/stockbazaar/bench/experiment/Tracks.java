package org.stockbazaar.bench.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.stockbazaar.bench.session.RequestKind;
import org.stockbazaar.bench.session.SessionWatch;

/**
 * Every answer of the sessions of one run. Each session writes on its own thread, into what is its
 * own; the rest is for the thread that started them, before and after.
 */
final class Tracks implements Supplier<SessionWatch> {
  private static final int DIGITS = 3;

  private final long limitNanos;
  private final List<Track> tracks = new ArrayList<>();
  private long startNanos;
  private long startMillis;

  private record Track(long startNanos, long limitNanos, Map<RequestKind, Times> kinds)
      implements SessionWatch {
    @Override
    public boolean isOver() {
      return System.nanoTime() - startNanos >= limitNanos;
    }

    @Override
    public void answered(RequestKind kind, long start, long end) {
      kinds.get(kind).add(end, end - start);
    }
  }

  private Tracks(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /** For sessions that make all their requests. */
  static Tracks unlimited() {
    return new Tracks(Long.MAX_VALUE);
  }

  /** For sessions that stop trading after so long. */
  static Tracks during(long millis) {
    return new Tracks(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Override
  public SessionWatch get() {
    if (tracks.isEmpty()) {
      startNanos = System.nanoTime();
      startMillis = System.currentTimeMillis();
    }
    Map<RequestKind, Times> kinds = new EnumMap<>(RequestKind.class);
    for (RequestKind kind : RequestKind.values()) {
      kinds.put(kind, new Times());
    }
    var track = new Track(startNanos, limitNanos, kinds);
    tracks.add(track);
    return track;
  }

  long startMillis() {
    return startMillis;
  }

  /** When the last answer came, in milliseconds since 1970. */
  long endMillis() {
    long last = startNanos;
    for (Track track : tracks) {
      for (Times times : track.kinds.values()) {
        last = times.size() == 0 ? last : Math.max(last, times.end(times.size() - 1));
      }
    }
    return startMillis + (long) Math.ceil(millis(last));
  }

  /** Milliseconds from the run's begin to a moment of {@link System#nanoTime}. */
  double millis(long nanos) {
    return (nanos - startNanos) / 1e6;
  }

  /**
   * What the clients measured, kind by kind.
   *
   * @param slices into how many slices the limit is cut, 0 for none
   */
  Map<RequestKind, KindResult> results(int slices) {
    Map<RequestKind, KindResult> results = new EnumMap<>(RequestKind.class);
    for (RequestKind kind : RequestKind.values()) {
      List<Times> all = tracks.stream().map(track -> track.kinds.get(kind)).toList();
      Histogram client = histogram(all);
      if (client.getTotalCount() > 0) {
        long gapOne = all.stream().mapToLong(Times::longestGap).max().orElse(0);
        long gapAll = Times.longestGap(all);
        // Orders are looked up when the limit is over.
        List<Slice> course = kind == RequestKind.ORDER_LOOKUP ? List.of() : course(all, slices);
        results.put(kind, new KindResult(client, null, gapOne, gapAll, course));
      }
    }
    return results;
  }

  private static Histogram histogram(List<Times> all) {
    var histogram = new Histogram(DIGITS);
    for (Times times : all) {
      for (int i = 0; i < times.size(); i++) {
        histogram.recordValue(Math.max(0, times.latency(i)));
      }
    }
    return histogram;
  }

  private List<Slice> course(List<Times> all, int slices) {
    List<Slice> course = new ArrayList<>();
    double millis = slices == 0 ? 0 : limitNanos / 1e6 / slices;
    for (int i = 0; i < slices; i++) {
      // Hundreds of them are kept, and most of their counts are zero.
      course.add(new Slice(i * millis, millis, new PackedHistogram(DIGITS)));
    }
    for (Times times : all) {
      for (int i = 0; i < times.size(); i++) {
        int slice = (int) ((times.end(i) - startNanos) / (double) limitNanos * slices);
        if (slice < slices) {
          course.get(slice).latencies().recordValue(Math.max(0, times.latency(i)));
        }
      }
    }
    return List.copyOf(course);
  }
}
