package org.stockbazaar.order.server;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stockbazaar.order.log.FileStorage;
import org.stockbazaar.order.log.LogOptions;
import org.stockbazaar.order.log.LostException;
import org.stockbazaar.order.log.OrderLog;
import org.stockbazaar.order.log.Storage;
import org.stockbazaar.order.log.StorageException;
import org.stockbazaar.order.log.VoteFile;
import org.stockbazaar.protocol.config.DataDirectory;
import org.stockbazaar.protocol.config.FailedException;

/**
 * What an order node has on its disk: its directory's lock, its log and its vote. A part of it that
 * was there and is not makes the replica a learner, when there are peers to learn from.
 */
record Files(DataDirectory directory, OrderLog log, VoteFile vote) {
  private static final Logger LOG = LoggerFactory.getLogger(Files.class);

  /** Opens everything; {@link FailedException} says what cannot be used. */
  static Files open(OrderConfiguration configuration) {
    var directory = DataDirectory.open(configuration.data());
    try {
      var storage = FileStorage.of(directory.path());
      var options = configuration.force() ? LogOptions.DEFAULT : LogOptions.DEFAULT.withoutForce();
      if (VoteFile.exists(storage) && !OrderLog.exists(storage)) {
        lost(configuration, storage, "the order log is gone, and the vote is there");
      }
      var log = OrderLog.openDamaged(storage, options);
      if (log.damage() != null) {
        lost(configuration, storage, log.damage());
      } else if (log.lastIndex() > 0 && !VoteFile.exists(storage)) {
        lost(configuration, storage, "the vote is gone, and the order log is there");
      }
      LOG.info(
          "the order log has {} entries, {} of them trades", log.lastIndex(), log.nextNumber());
      return new Files(directory, log, vote(configuration, storage, log.lastEpoch()));
    } catch (StorageException e) {
      throw new FailedException(e.getMessage(), e);
    }
  }

  private static VoteFile vote(OrderConfiguration configuration, Storage storage, long logEpoch) {
    try {
      return openVote(configuration, storage, logEpoch);
    } catch (LostException e) {
      lost(configuration, storage, e.getMessage());
      return openVote(configuration, storage, logEpoch);
    }
  }

  private static VoteFile openVote(
      OrderConfiguration configuration, Storage storage, long logEpoch) {
    var ids = configuration.peers().ids();
    return VoteFile.open(storage, configuration.secret().cluster(), ids, logEpoch);
  }

  /** Without its vote file a replica is a learner. */
  private static void lost(OrderConfiguration configuration, Storage storage, String what) {
    if (configuration.peers().ids().size() == 1) {
      throw new FailedException(
          storage.describe(".")
              + ": "
              + what
              + ". It is not served, and there is no peer to repair it from: restore the data"
              + " directory from a copy.");
    }
    LOG.error("{}. This replica does not vote before its peers have repaired it.", what);
    VoteFile.retire(storage);
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
