package org.stockbazaar.protocol.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A node's own directory, locked while its process lives: two processes on one directory would each
 * believe that they own what lies there.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final long incarnation;

  private DataDirectory(Path path, FileChannel channel, long incarnation) {
    this.path = path;
    this.channel = channel;
    this.incarnation = incarnation;
  }

  /**
   * Creates the directory where it is missing, locks it and counts its incarnation up. {@link
   * FailedException} when another process holds it or it cannot be written.
   */
  public static DataDirectory open(Path path) {
    try {
      Files.createDirectories(path);
      var channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locks(channel)) {
        channel.close();
        throw new FailedException(
            "another process uses the data directory " + path + "; stop it, or choose another one");
      }
      return new DataDirectory(path, channel, count(path));
    } catch (IOException e) {
      throw new FailedException("cannot use the data directory " + path + ": " + e, e);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      // The lock lives as long as its channel.
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static long count(Path path) throws IOException {
    Path file = path.resolve("incarnation");
    long last = 0;
    if (Files.exists(file)) {
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      try {
        last = Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new FailedException(
            file + " holds '" + text + "', not a number; restore it, or empty " + path, e);
      }
    }
    // By the clock, so that it grows even when the directory was lost in between.
    long next = Math.max(last + 1, System.currentTimeMillis());
    replace(path, file, (next + "\n").getBytes(StandardCharsets.US_ASCII));
    return next;
  }

  /** Writes beside, syncs, renames, syncs the directory: the old content or the new, never less. */
  private static void replace(Path directory, Path file, byte[] content) throws IOException {
    Path fresh = directory.resolve(file.getFileName() + ".new");
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  public Path path() {
    return path;
  }

  /** A file of this directory; it need not exist. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Names this process among those of its node: grows with each start. */
  public long incarnation() {
    return incarnation;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
