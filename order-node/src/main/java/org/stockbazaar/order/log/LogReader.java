package org.stockbazaar.order.log;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.stockbazaar.protocol.message.Entry;

/** Reads a log's entries in order, without its node or beside it. Takes no lock. */
public final class LogReader {
  private static final LogScan.Visitor NOTHING = (entry, image) -> {};

  private LogReader() {}

  /**
   * Shows entries 1 to {@code upToIndex}, or fewer when the log ends before or is damaged.
   *
   * @return the index of the last entry shown
   */
  public static long read(Path directory, long upToIndex, Consumer<Entry> reader) {
    // Where it ends is found out first: a scan may be repeated, what was shown stays shown.
    long end = SettledScan.run(directory, upToIndex, () -> NOTHING).end().index();
    LogScan.Visitor visitor = (entry, image) -> reader.accept(entry);
    return SettledScan.once(directory, end, visitor).end().index();
  }
}
