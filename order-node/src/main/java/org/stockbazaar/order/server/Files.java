package org.stockbazaar.order.server;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.order.log.FileStorage;
import org.stockbazaar.order.log.LogOptions;
import org.stockbazaar.order.log.OrderLog;
import org.stockbazaar.order.log.StorageException;
import org.stockbazaar.order.log.VoteFile;
import org.stockbazaar.protocol.config.DataDirectory;
import org.stockbazaar.protocol.config.FailedException;

/** What an order node has on its disk: its directory's lock, its log and its vote. */
record Files(DataDirectory directory, OrderLog log, VoteFile vote) {
  private static final Logger LOG = LoggerFactory.getLogger(Files.class);

  /** Opens everything; {@link FailedException} says what cannot be used. */
  static Files open(OrderConfiguration configuration) {
    var directory = DataDirectory.open(configuration.data());
    try {
      var storage = FileStorage.of(directory.path());
      var options = configuration.force() ? LogOptions.DEFAULT : LogOptions.DEFAULT.withoutForce();
      var log = OrderLog.open(storage, options);
      var vote =
          VoteFile.open(
              storage,
              configuration.secret().cluster(),
              configuration.peers().ids(),
              log.lastEpoch());
      LOG.info(
          "the order log has {} entries, {} of them trades", log.lastIndex(), log.nextNumber());
      return new Files(directory, log, vote);
    } catch (StorageException e) {
      throw new FailedException(e.getMessage(), e);
    }
  }

  /** Closes everything; the log was synced before. */
  void close() {
    try {
      log.close();
      vote.close();
      directory.close();
    } catch (IOException | StorageException e) {
      LOG.warn("cannot close the files of {}", directory.path(), e);
    }
  }
}
