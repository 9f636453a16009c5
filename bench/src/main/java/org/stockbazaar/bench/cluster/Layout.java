package org.stockbazaar.bench.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.stockbazaar.protocol.config.FailedException;

/**
 * Where the files of a system lie.
 *
 * @param root its data directory, absolute
 */
public record Layout(Path root) {
  private static final int SECRET_BYTES = 32;

  public Layout {
    root = root.toAbsolutePath().normalize();
  }

  /** A node's own directory. */
  public Path data(String name) {
    return root.resolve(name);
  }

  /** What a node writes to its standard output and error. */
  public Path log(String name) {
    return root.resolve("logs").resolve(name + ".log");
  }

  /** Holds the process id, and nothing else, from a node's start until it was seen to end. */
  public Path pid(String name) {
    return root.resolve("run").resolve(name + ".pid");
  }

  /** When that process started, so that another one with its id is never taken for it. */
  Path started(String name) {
    return root.resolve("run").resolve(name + ".started");
  }

  /** The cluster secret. */
  public Path secret() {
    return root.resolve("secret");
  }

  /** The bearer token of the operators' endpoints. */
  public Path token() {
    return root.resolve("token");
  }

  Path description() {
    return root.resolve("cluster.json");
  }

  /** The settings that the system was started with last; null where none ever was. */
  public Settings settings() {
    return Settings.read(description());
  }

  /** Creates what every system has, keeps what is there, and describes the system. */
  public void create(Settings settings) throws IOException {
    create();
    settings.write(description());
  }

  /** Creates what every system has and keeps what is there. */
  void create() throws IOException {
    Files.createDirectories(root.resolve("logs"));
    Files.createDirectories(root.resolve("run"));
    keep(secret());
    keep(token());
  }

  private static void keep(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(bytes);
      PrivateFile.replace(file, HexFormat.of().formatHex(bytes) + "\n");
    }
  }

  /**
   * Held by a command while it starts or stops processes; closing it lets the next one in. {@link
   * FailedException} when another command holds it.
   */
  FileChannel lock() throws IOException {
    Files.createDirectories(root.resolve("run"));
    var channel =
        FileChannel.open(
            root.resolve("run").resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process holds it; said below.
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new FailedException(
          "another bazaar command starts or stops processes in " + root + "; wait until it ends");
    }
    return channel;
  }
}
