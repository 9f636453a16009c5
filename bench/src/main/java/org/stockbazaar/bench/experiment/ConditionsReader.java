package org.stockbazaar.bench.experiment;

import static org.stockbazaar.bench.experiment.Conditions.UNKNOWN;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.stockbazaar.bench.cluster.Home;
import org.stockbazaar.bench.cluster.Kind;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.Version;

/** Reads the conditions of this machine, this JVM and this build. */
public final class ConditionsReader {
  private static final Map<String, String> LIBRARIES = libraryPlaces();
  private static final long KIB = 1024;

  private ConditionsReader() {}

  private static Map<String, String> libraryPlaces() {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("Netty", "io.netty/netty-common");
    places.put("Chronicle Map", "net.openhft/chronicle-map");
    places.put("Jackson", "com.fasterxml.jackson.core/jackson-databind");
    places.put("HdrHistogram", "org.hdrhistogram/HdrHistogram");
    return places;
  }

  /** Of a gateway that somebody else started. */
  static Conditions outside(HostPort gateway) {
    return read(
        UNKNOWN,
        flags(false),
        UNKNOWN + ": the gateway was started by somebody else",
        UNKNOWN,
        "clients on this machine, gateway at " + gateway);
  }

  /**
   * Of systems that are started here; {@link FailedException} where they cannot write.
   *
   * @param sync {@code disk} or {@code os}: what an order waits for
   * @param replicas how many order nodes there are
   * @param data where order logs will lie
   */
  public static Conditions own(String sync, int replicas, Path data) {
    return read(
        commit(),
        flags(true),
        durability(sync, replicas),
        fileSystem(data),
        "everything on this one machine: clients, gateway, catalog and order nodes");
  }

  private static Conditions read(
      String commit,
      Map<String, List<String>> flags,
      String durability,
      String fileSystem,
      String placement) {
    return new Conditions(
        valueIn(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        Version.current(),
        commit,
        versions(),
        flags,
        durability,
        fileSystem,
        placement);
  }

  private static String valueIn(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static long memoryBytes() {
    String kib = valueIn(Path.of("/proc/meminfo"), "MemTotal").replace(" kB", "");
    return kib.matches("\\d{1,15}") ? Long.parseLong(kib) * KIB : 0;
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    LIBRARIES.forEach((name, place) -> versions.put(name, version(place)));
    return versions;
  }

  private static String version(String place) {
    String file = "/META-INF/maven/" + place + "/pom.properties";
    try (InputStream in = ConditionsReader.class.getResourceAsStream(file)) {
      if (in == null) {
        return UNKNOWN;
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static Map<String, List<String>> flags(boolean own) {
    Map<String, List<String>> flags = new LinkedHashMap<>();
    flags.put("clients (this command)", ownFlags());
    if (own) {
      Home home = Home.find();
      flags.put("every service", home.flags());
      for (Kind kind : Kind.values()) {
        flags.put(kind.word(), home.flags(kind));
      }
    }
    return flags;
  }

  /** Flags that tune the JVM; properties name places on this machine and nothing else. */
  private static List<String> ownFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("-X") && !flag.startsWith("-XX:SharedArchiveFile"))
        .toList();
  }

  private static String durability(String sync, int replicas) {
    String who = replicas == 1 ? "the only replica" : "a majority of " + replicas;
    return sync.equals("disk")
        ? "an order is answered after fdatasync on " + who
        : "an order is answered when the operating systems of " + who + " have it, not the disks";
  }

  private static String fileSystem(Path data) {
    try {
      Files.createDirectories(data);
      return Files.getFileStore(data).type();
    } catch (IOException e) {
      throw new FailedException("cannot write in " + data + ": " + e, e);
    }
  }

  /** As git tells it; a package without sources has none. */
  private static String commit() {
    try {
      String home = Home.find().deploy().toString();
      var git =
          new ProcessBuilder("git", "-C", home, "describe", "--always", "--dirty", "--abbrev=12")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? said.strip() : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
  }
}
