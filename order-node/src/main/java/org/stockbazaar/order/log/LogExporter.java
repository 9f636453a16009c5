package org.stockbazaar.order.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import org.stockbazaar.protocol.message.Entry;

/**
 * Writes a log as CSV, one line for each entry, without its node or beside it. Reads only, takes no
 * lock. Columns that do not apply to a kind of entry stay empty.
 */
public final class LogExporter {
  /** The first line. */
  public static final String HEADER =
      "index,epoch,kind,number,time_millis,key,type,quantity,name,price,max_trading_volume\n";

  /**
   * What was written.
   *
   * @param entries how many entries
   * @param orders how many of them are orders
   * @param problem why there are no more, empty when there just are no more
   */
  public record Export(long entries, long orders, String problem) {}

  private static final LogScan.Visitor NOTHING = (entry, image) -> {};

  private LogExporter() {}

  /**
   * Exports the log in {@code directory}, up to its end or its first damaged record.
   *
   * @throws UncheckedIOException when {@code out} does
   */
  public static Export export(Path directory, Appendable out) {
    // Where it ends is found out first: a scan may be repeated, what is written stays.
    var found = SettledScan.run(directory, Long.MAX_VALUE, () -> NOTHING);
    append(out, HEADER);
    if (found.end().index() > 0) {
      LogScan.Visitor writer = (entry, image) -> append(out, line(entry));
      SettledScan.once(directory, found.end().index(), writer);
    }
    return new Export(found.end().index(), found.end().nextNumber(), found.problem());
  }

  private static void append(Appendable out, String text) {
    try {
      out.append(text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the export", e);
    }
  }

  private static String line(Entry entry) {
    String start =
        entry.index()
            + ","
            + entry.epoch()
            + ","
            + entry.kind().name().toLowerCase(Locale.ROOT)
            + ",";
    return start
        + switch (entry.kind()) {
          case EPOCH, RESET -> "," + entry.timeMillis() + ",,,,,,\n";
          case LIST ->
              String.format(
                  ",%d,,,%d,%s,%d.%02d,%s\n",
                  entry.timeMillis(),
                  entry.quantity(),
                  entry.stock(),
                  entry.priceCents() / 100,
                  entry.priceCents() % 100,
                  entry.volumeMax() == 0 ? "" : Long.toString(entry.volumeMax()));
          case TRADE ->
              String.format(
                  "%d,%d,%016x%016x,%s,%d,%s,,\n",
                  entry.number(),
                  entry.timeMillis(),
                  entry.key().high(),
                  entry.key().low(),
                  entry.side().word(),
                  entry.quantity(),
                  entry.stock());
        };
  }
}
