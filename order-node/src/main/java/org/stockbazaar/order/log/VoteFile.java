package org.stockbazaar.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.stockbazaar.order.log.Storage.StorageFile;
import org.stockbazaar.order.replication.Ballot;

/**
 * Epoch and vote of a replica, in the file {@code vote}. Two slots are written one after the other,
 * so that a crash in a write leaves one, and a vote that was told is in both. A slot:
 *
 * <pre>
 *   0  u32 checksum (CRC32C of the rest)   4  u32 magic "VOTE"   8  u64 sequence   16  u64 cluster
 *  24  u64 epoch     32  u32 voted for    36  u32 count of members    40  u32 each, at most 32
 * </pre>
 *
 * <p>The slot with the higher sequence counts. The file appears under its name only when its first
 * slot is durable, so one without any good slot has been damaged. Without a file, or with one that
 * cannot be trusted, its replica is a learner, and what it saves stays in memory until it is
 * enrolled. Belongs to one thread.
 */
public final class VoteFile implements Ballot, AutoCloseable {
  static final String NAME = "vote";
  static final int SLOT_DISTANCE = 4096;

  private static final String NEW_NAME = "vote.new";
  private static final int MAGIC = 0x564f5445;
  private static final int MEMBERS_MAX = 32;
  private static final int SLOT_BYTES = 40 + MEMBERS_MAX * Integer.BYTES;

  private record Slot(
      long sequence, long cluster, long epoch, int votedFor, List<Integer> members) {
    /** Both slots of one sequence say the same. */
    boolean isIn(Slot read) {
      return read != null && read.sequence == sequence;
    }
  }

  private final Storage storage;
  private final String path;

  /** Null for a learner. */
  private StorageFile file;

  private Slot slot;
  private boolean failed;

  private VoteFile(Storage storage, StorageFile file, Slot slot) {
    this.storage = storage;
    this.path = storage.describe(NAME);
    this.file = file;
    this.slot = slot;
  }

  /** Tells whether this directory has a vote file. */
  public static boolean exists(Storage storage) {
    try {
      return storage.list().contains(NAME);
    } catch (IOException e) {
      throw new StorageException("cannot list the files of " + storage.describe("."), e);
    }
  }

  /**
   * Deletes the file: its replica has lost something else, and is a learner from now on. Durable on
   * return.
   */
  public static void retire(Storage storage) {
    try {
      if (exists(storage)) {
        storage.delete(NAME);
        storage.syncDirectory();
      }
    } catch (IOException e) {
      throw new StorageException("cannot delete " + storage.describe(NAME), e);
    }
  }

  /**
   * Opens the file; without one this is a learner's ballot.
   *
   * @param cluster id of the cluster
   * @param members ids of the replicas, ascending
   * @param logEpoch epoch of the log's last entry, 0 for an empty log
   * @throws LostException when it is damaged or older than the log
   * @throws StorageException when it belongs to another cluster or another group
   */
  public static VoteFile open(Storage storage, long cluster, List<Integer> members, long logEpoch) {
    String path = storage.describe(NAME);
    try {
      if (!exists(storage)) {
        return new VoteFile(storage, null, new Slot(1, cluster, logEpoch, 0, List.copyOf(members)));
      }
      StorageFile file = storage.open(NAME);
      Slot first = read(file, 0);
      Slot second = read(file, SLOT_DISTANCE);
      Slot slot = newest(first, second);
      check(path, slot, cluster, members);
      refuseOld(path, slot, logEpoch);
      // A slot that was written but not synced before a crash must not vanish after it was read.
      file.force();
      if (!slot.isIn(first) || !slot.isIn(second)) {
        // The next vote begins with the first slot: what it overwrites must be in the other one.
        file.write(encode(slot), slot.isIn(first) ? SLOT_DISTANCE : 0);
        file.force();
      }
      return new VoteFile(storage, file, slot);
    } catch (IOException e) {
      throw new StorageException("cannot open " + path, e);
    }
  }

  private static void create(Storage storage, Slot slot) throws IOException {
    if (storage.list().contains(NEW_NAME)) {
      // Of a process that crashed here: its slot might count for more than ours.
      storage.delete(NEW_NAME);
    }
    try (StorageFile file = storage.open(NEW_NAME)) {
      file.write(encode(slot), 0);
      file.write(encode(slot), SLOT_DISTANCE);
      file.force();
    }
    storage.rename(NEW_NAME, NAME);
    storage.syncDirectory();
  }

  /** A vote's epoch is saved before the first entry of that epoch is appended. */
  private static void refuseOld(String path, Slot slot, long logEpoch) {
    if (slot.epoch() < logEpoch) {
      throw new LostException(
          path
              + " knows of epoch "
              + slot.epoch()
              + " and the order log of "
              + logEpoch
              + ": the file is older than the log");
    }
  }

  private static void check(String path, Slot slot, long cluster, List<Integer> members) {
    if (slot == null) {
      throw new LostException(
          path
              + " is damaged: neither of its two slots verifies, so this replica no longer knows for"
              + " whom it voted");
    }
    if (slot.cluster() != cluster) {
      throw new StorageException(
          String.format(
              "%s belongs to cluster %016x, and the secret names cluster %016x: start with the"
                  + " secret of that cluster, or with another data directory.",
              path, slot.cluster(), cluster));
    }
    if (!slot.members().equals(members)) {
      throw new StorageException(
          path
              + " was made for the replicas "
              + slot.members()
              + ", and the configuration names "
              + members
              + ": start with the same replicas as before.");
    }
  }

  @Override
  public long epoch() {
    return slot.epoch();
  }

  @Override
  public int votedFor() {
    return slot.votedFor();
  }

  @Override
  public boolean isVoter() {
    return file != null;
  }

  @Override
  public void enroll() {
    try {
      create(storage, slot);
      file = storage.open(NAME);
    } catch (IOException e) {
      failed = true;
      throw new StorageException("cannot create " + path, e);
    }
  }

  @Override
  public void save(long epoch, int votedFor) {
    if (failed) {
      throw new StorageException(path + " has failed before and is not used any more");
    }
    var next = new Slot(slot.sequence() + 1, slot.cluster(), epoch, votedFor, slot.members());
    if (file == null) {
      slot = next;
      return;
    }
    try {
      for (int place = 0; place < 2; place++) {
        file.write(encode(next), (long) place * SLOT_DISTANCE);
        file.force();
      }
    } catch (IOException e) {
      failed = true;
      throw new StorageException("cannot save the vote in " + path, e);
    }
    slot = next;
  }

  private static Slot newest(Slot a, Slot b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.sequence() > b.sequence() ? a : b;
  }

  private static ByteBuffer encode(Slot slot) {
    var out = ByteBuffer.allocate(SLOT_BYTES);
    out.putInt(0).putInt(MAGIC).putLong(slot.sequence()).putLong(slot.cluster());
    out.putLong(slot.epoch()).putInt(slot.votedFor()).putInt(slot.members().size());
    slot.members().forEach(out::putInt);
    return out.putInt(0, checksum(out)).clear();
  }

  private static int checksum(ByteBuffer slot) {
    var crc = new CRC32C();
    crc.update(slot.duplicate().limit(SLOT_BYTES).position(Integer.BYTES));
    return (int) crc.getValue();
  }

  /** The slot at {@code offset}, null when it does not verify. */
  private static Slot read(StorageFile file, long offset) throws IOException {
    var in = ByteBuffer.allocate(SLOT_BYTES);
    file.read(in, offset);
    if (in.hasRemaining() || in.flip().getInt() != checksum(in) || in.getInt() != MAGIC) {
      return null;
    }
    long sequence = in.getLong();
    long cluster = in.getLong();
    long epoch = in.getLong();
    int votedFor = in.getInt();
    int count = in.getInt();
    var members = new ArrayList<Integer>();
    for (int i = 0; i < Math.min(count, MEMBERS_MAX); i++) {
      members.add(in.getInt());
    }
    return new Slot(sequence, cluster, epoch, votedFor, List.copyOf(members));
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new StorageException("cannot close " + path, e);
    }
  }
}
