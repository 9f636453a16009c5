package org.stockbazaar.catalog.server;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.catalog.store.CheckpointWriter;
import org.stockbazaar.catalog.store.StockMap;
import org.stockbazaar.catalog.view.View;

/**
 * Writes checkpoints while the node works: a slice, then whatever came meanwhile, then the next
 * slice. Belongs to the node's event loop.
 */
final class Checkpointing implements CatalogNode.Checkpointer {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointing.class);

  /** Between two slices: on a small machine others want the processor, too. */
  private static final long PAUSE_MICROS = 500;

  private final EventLoop loop;
  private final View view;
  private final StockMap map;
  private final long entries;
  private CheckpointWriter writer;
  private long lastIndex;
  private long newestIndex;
  private long beganNanos;
  private long written;

  /** Counts from where the view is now. */
  Checkpointing(EventLoop loop, View view, StockMap map, long entries) {
    this.loop = loop;
    this.view = view;
    this.map = map;
    this.entries = entries;
    lastIndex = view.index();
  }

  /** How many were completed since the start. */
  long written() {
    return written;
  }

  /** The index that the newest one since the start begins with. */
  long newestIndex() {
    return newestIndex;
  }

  /** Begins one when it is time; only for a view that is the order log's, and whole. */
  @Override
  public void turn() {
    // As many entries as stocks, so that its cost stays a small part of theirs.
    if (writer == null && view.index() - lastIndex >= Math.max(entries, view.size())) {
      beganNanos = System.nanoTime();
      lastIndex = view.index();
      writer = map.checkpoint(view);
      next(writer);
    }
  }

  private void next(CheckpointWriter current) {
    current.next(
        last -> loop.execute(() -> written(current, last)),
        why -> loop.execute(() -> failed(current, why)));
  }

  private void written(CheckpointWriter current, boolean last) {
    if (current != writer) {
      return;
    }
    if (!last) {
      loop.schedule(() -> continued(current), PAUSE_MICROS, TimeUnit.MICROSECONDS);
      return;
    }
    writer = null;
    written++;
    newestIndex = current.firstIndex();
    current.close();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    LOG.info(
        "checkpoint at index {}: {} stocks in {} ms",
        current.firstIndex(),
        current.stocks(),
        millis);
  }

  private void continued(CheckpointWriter current) {
    if (current == writer) {
      next(current);
    }
  }

  private void failed(CheckpointWriter current, IOException why) {
    if (current == writer) {
      LOG.warn("no checkpoint; a rebuild would begin further back: {}", why.toString());
      abandon();
    }
  }

  /** Gives up the one under way: the view begins again, or the node stops. */
  @Override
  public void abandon() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    lastIndex = view.index();
  }
}
