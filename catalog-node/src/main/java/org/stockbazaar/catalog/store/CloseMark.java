package org.stockbazaar.catalog.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * What a clean close leaves beside the map, and only a clean close: it is gone while the map is in
 * use. A map without a good mark is not opened.
 *
 * <pre>
 * checksum u32 | format u32 | index u64 | entry checksum u32 | leases drained u32 | stocks u64 |
 * digest u64 | capacity u64 | map bytes u64 | map checksum u32 | 0 u32
 * </pre>
 *
 * The checksum is CRC32C over what follows it.
 *
 * @param index last applied index
 * @param entryChecksum checksum of the entry there
 * @param drained whether no gateway held a lease any more
 * @param stocks how many stocks
 * @param digest sum of their digests
 * @param capacity what the map was made for
 * @param mapBytes length of the map's file
 * @param mapChecksum CRC32C over the map's file
 */
record CloseMark(
    long index,
    int entryChecksum,
    boolean drained,
    long stocks,
    long digest,
    long capacity,
    long mapBytes,
    int mapChecksum) {
  private static final int FORMAT = 1;
  private static final int BYTES = 64;
  private static final int READ_BYTES = 1 << 16;

  /** Reads a mark; null when there is none or it is not whole. */
  static CloseMark read(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) != BYTES) {
      return null;
    }
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    int checksum = bytes.getInt();
    if (checksum != crc(bytes.duplicate()) || bytes.getInt() != FORMAT) {
      return null;
    }
    return new CloseMark(
        bytes.getLong(),
        bytes.getInt(),
        bytes.getInt() == 1,
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getInt());
  }

  /** Writes the mark; durable on return. */
  void write(Path file) throws IOException {
    var bytes = ByteBuffer.allocate(BYTES);
    bytes.position(Integer.BYTES);
    bytes.putInt(FORMAT).putLong(index).putInt(entryChecksum).putInt(drained ? 1 : 0);
    bytes.putLong(stocks).putLong(digest).putLong(capacity).putLong(mapBytes).putInt(mapChecksum);
    bytes.position(Integer.BYTES).limit(BYTES);
    bytes.putInt(0, crc(bytes.duplicate()));
    bytes.rewind();
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    syncDirectory(file);
  }

  /** Removes the mark; durable on return. */
  static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncDirectory(file);
    }
  }

  private static void syncDirectory(Path file) throws IOException {
    try (var directory =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** CRC32C over a whole file. */
  static int checksum(Path file) throws IOException {
    var crc = new CRC32C();
    var buffer = ByteBuffer.allocateDirect(READ_BYTES);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        crc.update(buffer.flip());
      }
    }
    return (int) crc.getValue();
  }
}
