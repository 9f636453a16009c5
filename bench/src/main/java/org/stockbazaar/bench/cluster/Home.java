package org.stockbazaar.bench.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.stockbazaar.protocol.config.FailedException;

/**
 * Where Stock Bazaar itself lies: the JVM and the classes that run this command also run its nodes.
 *
 * @param deploy the directory with the argfiles
 */
public record Home(Path deploy) {
  private static final String BASE = "jvm.options";

  /** Given by {@code -Dbazaar.home}, else the nearest directory above the classes or this one. */
  public static Home find() {
    String given = System.getProperty("bazaar.home");
    List<Path> starts = new ArrayList<>();
    if (given != null) {
      starts.add(Path.of(given));
    }
    starts.add(codeSource());
    starts.add(Path.of("").toAbsolutePath());
    for (Path start : starts) {
      for (Path at = start; at != null; at = at.getParent()) {
        if (Files.exists(at.resolve("deploy").resolve(BASE))) {
          return new Home(at.resolve("deploy").toAbsolutePath());
        }
      }
    }
    throw new FailedException(
        "cannot find deploy/" + BASE + "; start with deploy/bazaar of the repository");
  }

  private static Path codeSource() {
    try {
      var source = Home.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JVM flags in an argfile: those of every JVM here, or one kind's own. */
  private List<String> flags(String argfile) {
    try (Stream<String> lines = Files.lines(deploy.resolve(argfile))) {
      return lines.map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  /** The JVM flags that every process here has. */
  public List<String> flags() {
    return flags(BASE);
  }

  /** The JVM flags that processes of this kind have beside those. */
  public List<String> flags(Kind kind) {
    return flags(kind.optionsFile());
  }

  /** The command line of a node. */
  List<String> command(NodePlan node) {
    List<String> command = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      // A session of its own: neither Ctrl-C nor a closed terminal reaches the node.
      command.add(setsid.toString());
    }
    command.addAll(java(node.kind()));
    command.add("-Dbazaar.node=" + node.name());
    command.add(node.kind().mainClass());
    command.addAll(node.arguments());
    return command;
  }

  /** A command line without its main class and arguments: a JVM as for this kind of node. */
  public List<String> java(Kind kind) {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.add("@" + deploy.resolve(BASE));
    java.add("@" + deploy.resolve(kind.optionsFile()));
    String archive = System.getProperty("bazaar.archive", "");
    if (!archive.isEmpty()) {
      java.add("-XX:SharedArchiveFile=" + archive);
    }
    java.add("-cp");
    java.add(classPath());
    return java;
  }

  /** As this process's, or as given; absolute, since a node runs in another directory. */
  private static String classPath() {
    String own = System.getProperty("java.class.path");
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("bazaar.classpath", own).split(File.pathSeparator, -1)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry).toAbsolutePath().toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}
