package org.stockbazaar.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories of the files that a benchmark writes. */
final class Directories {
  private Directories() {}

  static Path create() throws IOException {
    return Files.createTempDirectory("bazaar-micro-");
  }

  /** With everything in it. */
  static void delete(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> files = Files.walk(directory)) {
      paths = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
