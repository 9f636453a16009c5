package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Scans a directory that may belong to a running node, without touching it. A torn tail is the end.
 * While the node truncates, what is read before and after may look like damage together, so damage
 * only counts when it is there again.
 */
final class SettledScan {
  private static final int TRIES = 3;

  /**
   * What was found.
   *
   * @param visitor the one of the last scan
   * @param end the last good entry
   * @param problem why there is no more, empty when there just is no more
   */
  record Result<V>(V visitor, Chain end, String problem) {}

  private SettledScan() {}

  /** Scans up to {@code upTo}, with a fresh visitor for each try. */
  static <V extends LogScan.Visitor> Result<V> run(
      Path directory, long upTo, Supplier<V> visitors) {
    Result<V> result = null;
    for (int i = 0; i < TRIES && (result == null || !result.problem().isEmpty()); i++) {
      result = once(directory, upTo, visitors.get());
    }
    return result;
  }

  /** Scans up to {@code upTo}, come what may. */
  static <V extends LogScan.Visitor> Result<V> once(Path directory, long upTo, V visitor) {
    if (!Files.isDirectory(directory)) {
      return new Result<>(visitor, Chain.EMPTY, directory + " is no directory");
    }
    try (var segments = Segments.open(FileStorage.readOnly(directory))) {
      if (segments.isEmpty()) {
        return new Result<>(visitor, Chain.EMPTY, "there is no order log in " + directory);
      }
      LogScan.Result found = LogScan.run(segments, upTo, visitor);
      String problem = found.damaged() == 0 ? "" : found.describe(segments);
      return new Result<>(visitor, found.end(), problem);
    } catch (IOException e) {
      return new Result<>(visitor, Chain.EMPTY, "cannot read the order log: " + e);
    }
  }
}
