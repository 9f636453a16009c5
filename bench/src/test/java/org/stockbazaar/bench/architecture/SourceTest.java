package org.stockbazaar.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that only the source text can show. */
class SourceTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final int LINES_MAX = 600;
  private static final Set<String> PACKAGES_NOT_WANTED =
      Set.of("common", "util", "utils", "helper", "helpers", "manager", "impl", "misc");

  private static List<Path> sources(String kind) throws IOException {
    var found = new ArrayList<Path>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.sorted().toList()) {
        Path java = module.resolve("src").resolve(kind).resolve("java");
        if (Files.isDirectory(java)) {
          try (Stream<Path> files = Files.walk(java)) {
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(found::add);
          }
        }
      }
    }
    assertThat(found).as("sources below %s", ROOT).isNotEmpty();
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyPackageSaysWhatLivesInIt() throws IOException {
    var silent = new TreeSet<Path>();
    for (Path file : sources("main")) {
      if (!Files.exists(file.resolveSibling("package-info.java"))) {
        silent.add(ROOT.relativize(file.getParent()));
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void noPackageIsADrawerForEverything() throws IOException {
    assertThat(sources("main"))
        .noneMatch(file -> PACKAGES_NOT_WANTED.contains(file.getParent().getFileName().toString()));
  }

  @Test
  void noFileIsTooLongToRead() throws IOException {
    assertThat(sources("main")).filteredOn(f -> read(f).lines().count() > LINES_MAX).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    var later = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
    assertThat(sources("main")).filteredOn(f -> later.matcher(read(f)).find()).isEmpty();
  }

  @Test
  void onlyWholeSystemTestsSleep() throws IOException {
    var sleep = Pattern.compile("Thread\\.sleep\\(");
    assertThat(sources("test"))
        .filteredOn(f -> !f.toString().contains("/bench/system/"))
        .filteredOn(
            f ->
                !f.equals(
                    ROOT.resolve(
                        "bench/src/test/java/org/stockbazaar/bench/architecture/SourceTest.java")))
        .filteredOn(f -> sleep.matcher(read(f)).find())
        .isEmpty();
  }
}
