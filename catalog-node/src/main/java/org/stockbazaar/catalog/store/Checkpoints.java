package org.stockbazaar.catalog.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a directory: {@code checkpoint-INDEX}, the newest two. One that is being
 * written is {@code checkpoint.tmp}; it gets its name when it is complete and on the disk.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String PREFIX = "checkpoint-";
  private static final int KEPT = 2;

  private final Path directory;

  Checkpoints(Path directory) {
    this.directory = directory;
  }

  /** The file to write. */
  Path unfinished() {
    return directory.resolve("checkpoint.tmp");
  }

  /** The complete ones, the newest first. */
  List<Path> newestFirst() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{19}"))
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .toList();
    }
  }

  /** Names the synced file; durable on return. All but the newest two are deleted. */
  void finish(long index) throws IOException {
    Path file = directory.resolve(PREFIX + "%019d".formatted(index));
    Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
    List<Path> all = newestFirst();
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      Files.delete(old);
    }
  }

  /** Deletes one, with the reason in the log. */
  void discard(Path file, String why) throws IOException {
    if (Files.deleteIfExists(file)) {
      LOG.warn("{} is not used: {}; it is deleted", file, why);
    }
  }

  void discardAll(String why) throws IOException {
    for (Path file : newestFirst()) {
      discard(file, why);
    }
  }
}
