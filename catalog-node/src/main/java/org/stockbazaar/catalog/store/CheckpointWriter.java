package org.stockbazaar.catalog.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.stockbazaar.catalog.view.Basis;
import org.stockbazaar.catalog.view.View;
import org.stockbazaar.protocol.message.Stock;

/**
 * Writes one checkpoint: slices are encoded on the caller's thread, the event loop, and written and
 * synced on a thread of their own, one slice at a time.
 */
public final class CheckpointWriter implements AutoCloseable {
  private static final long SYNC_BYTES = 1 << 20;

  private final View view;
  private final StockMap map;
  private final Checkpoints checkpoints;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var named = new Thread(task, "checkpoint");
            named.setDaemon(true);
            return named;
          });
  private FileChannel channel;
  private final long firstIndex;
  private long unsynced;
  private int previous;
  private String cursor = "";
  private long stocks;

  CheckpointWriter(View view, StockMap map, Checkpoints checkpoints) {
    this.view = view;
    this.map = map;
    this.checkpoints = checkpoints;
    firstIndex = view.index();
  }

  /** The index that a rebuild from this checkpoint begins with. */
  public long firstIndex() {
    return firstIndex;
  }

  /** How many stocks were taken. */
  public long stocks() {
    return stocks;
  }

  /**
   * Takes the next slice as the view is now.
   *
   * @param written called on the writing thread when the slice is in the file, with true for the
   *     last: then the checkpoint is complete and on the disk
   * @param failed called on the writing thread when it cannot be written; there is no checkpoint
   */
  public void next(Written written, Failed failed) {
    List<Stock> slice = view.after(cursor, Checkpoint.SLICE_STOCKS_MAX);
    var mark = new Basis.Mark(view.index(), view.checksum());
    ByteBuffer bytes = Checkpoint.slice(previous, mark, slice, map::listedQuantity);
    previous = Checkpoint.checksum(bytes);
    boolean last = slice.isEmpty();
    if (!last) {
      cursor = slice.get(slice.size() - 1).name();
      stocks += slice.size();
    }
    Future<?> unused =
        thread.submit(
            () -> {
              try {
                write(bytes, last);
                written.slice(last);
              } catch (IOException e) {
                failed.because(e);
              }
            });
  }

  private void write(ByteBuffer bytes, boolean last) throws IOException {
    if (channel == null) {
      Path file = checkpoints.unfinished();
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    }
    while (bytes.hasRemaining()) {
      unsynced += channel.write(bytes);
    }
    if (unsynced >= SYNC_BYTES) {
      // Little by little: the order log's sync may wait behind this one on the same disk.
      channel.force(false);
      unsynced = 0;
    }
    if (last) {
      channel.force(true);
      channel.close();
      checkpoints.finish(firstIndex);
    }
  }

  /**
   * Ends the thread; a checkpoint that is not complete is given up. Waits for a write under way.
   */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(5, TimeUnit.SECONDS) && channel != null) {
        channel.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hears of a slice. */
  @FunctionalInterface
  public interface Written {
    void slice(boolean last);
  }

  /** Hears why there will be no checkpoint. */
  @FunctionalInterface
  public interface Failed {
    void because(IOException why);
  }
}
