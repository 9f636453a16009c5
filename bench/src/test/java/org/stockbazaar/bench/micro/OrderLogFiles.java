package org.stockbazaar.bench.micro;

import java.io.IOException;
import java.nio.file.Path;
import org.stockbazaar.order.log.FileStorage;
import org.stockbazaar.order.log.LogOptions;
import org.stockbazaar.order.log.OrderLog;

/** An order log in real files, in a directory of its own that goes with it; nothing is synced. */
final class OrderLogFiles {
  final OrderLog log;
  private final Path directory;

  OrderLogFiles() throws IOException {
    directory = Directories.create();
    log = OrderLog.open(FileStorage.of(directory), LogOptions.DEFAULT.withoutForce());
  }

  /** Makes so many trades, appends them, and writes all with one call. */
  void append(int count) {
    for (int i = 0; i < count; i++) {
      long index = log.lastIndex() + 1;
      log.append(
          Samples.entry(index, log.lastChecksum(), log.nextNumber() + 1, Samples.name(index)));
    }
    log.sync();
  }

  void delete() throws IOException {
    log.close();
    Directories.delete(directory);
  }
}
