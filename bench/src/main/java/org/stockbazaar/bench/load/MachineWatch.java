package org.stockbazaar.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long this machine keeps a program waiting that wants next to nothing: one thread sleeps a
 * millisecond at a time and sees how much later it wakes (Tene, jHiccup), one writes and syncs the
 * same page every ten. What befalls these two befalls every process here.
 */
public final class MachineWatch implements AutoCloseable {
  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SYNC_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int PAGE = 4096;

  private final AtomicLong processorNanos = new AtomicLong();
  private final AtomicLong diskNanos = new AtomicLong();
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private volatile boolean closed;

  /**
   * What was the longest since the last one.
   *
   * @param processorNanos waking later than wanted
   * @param diskNanos a sync, 0 when no disk is watched
   * @param busy how much of all processors was used, 0 to 1
   */
  public record Reading(long processorNanos, long diskNanos, double busy) {
    /** In words, for people. */
    String describe() {
      String text =
          String.format("processors %.1f ms late, %.0f %% busy", processorNanos / 1e6, 100 * busy);
      return diskNanos == 0 ? text : text + String.format(", a sync %.1f ms", diskNanos / 1e6);
    }
  }

  /**
   * Begins to watch.
   *
   * @param directory where a page is synced; null, or one that cannot be written, for no disk
   */
  MachineWatch(Path directory) {
    start("load-processors", this::nap);
    if (directory != null) {
      start("load-disk", () -> sync(directory));
    }
    take();
  }

  private static void start(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void nap() {
    while (!closed) {
      long since = System.nanoTime();
      LockSupport.parkNanos(NAP_NANOS);
      longest(processorNanos, System.nanoTime() - since - NAP_NANOS);
    }
  }

  private void sync(Path directory) {
    try {
      Path page = Files.createTempFile(directory, "load-", ".page");
      try (var file = FileChannel.open(page, StandardOpenOption.WRITE)) {
        // Without a name nothing of it is left, however this process ends.
        Files.delete(page);
        var bytes = ByteBuffer.allocateDirect(PAGE);
        while (!closed) {
          long since = System.nanoTime();
          file.write(bytes.clear(), 0);
          file.force(false);
          longest(diskNanos, System.nanoTime() - since);
          LockSupport.parkNanos(SYNC_NAP_NANOS);
        }
      }
    } catch (IOException e) {
      // A data directory of somebody else: the load itself needs nothing of it.
      diskNanos.set(0);
    }
  }

  private static void longest(AtomicLong longest, long nanos) {
    longest.accumulateAndGet(nanos, Math::max);
  }

  /** What was the longest since the last call. */
  Reading take() {
    double busy = system.getCpuLoad();
    // Not a number, or negative, where the system does not say.
    return new Reading(processorNanos.getAndSet(0), diskNanos.getAndSet(0), busy >= 0 ? busy : 0);
  }

  @Override
  public void close() {
    closed = true;
  }
}
