package org.stockbazaar.bench.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stockbazaar.protocol.config.FailedException;

/**
 * A network namespace for each member of a system, and a hub with the bridge that joins them.
 *
 * <p>Links and addresses exist only within the namespaces. Their names begin with the id of the
 * process that made them; when that process is gone, they are leftovers.
 */
final class Namespaces {
  private static final String PREFIX = "bazaar-";
  private static final Pattern OURS = Pattern.compile(PREFIX + "(\\d+)-\\S+");
  private static final String HUB = "hub";
  private static final String NET = "10.77.0.";
  private static final int FIRST = 11;
  private static final long END_MILLIS_MAX = 20_000;

  private final long owner;
  private final List<String> members;
  // The faults that there are now.
  private final Set<String> unplugged = new LinkedHashSet<>();
  private final Set<String> disturbed = new LinkedHashSet<>();
  private final Set<List<String>> vanishing = new LinkedHashSet<>();

  /**
   * @param owner the process that makes them
   */
  Namespaces(long owner, List<String> members) {
    this.owner = owner;
    this.members = List.copyOf(members);
  }

  private String name(String member) {
    return PREFIX + owner + "-" + member;
  }

  String address(String member) {
    return NET + (FIRST + members.indexOf(member));
  }

  /** What to run so that {@code command} runs at a member, in the same process. */
  List<String> at(String member, List<String> command) {
    var all = new ArrayList<>(List.of("ip", "netns", "exec", name(member)));
    all.addAll(command);
    return all;
  }

  /** The same where every member can be reached. */
  List<String> atHub(List<String> command) {
    return at(HUB, command);
  }

  // ---- life ------------------------------------------------------------------------------------

  /** Makes them all; on failure nothing stays. */
  void create() throws IOException {
    try {
      add(HUB);
      ip(HUB, "link add br0 type bridge");
      ip(HUB, "addr add " + NET + "1/24 dev br0");
      ip(HUB, "link set br0 up");
      for (String member : members) {
        add(member);
        ip(HUB, "link add " + member + " type veth peer name eth0 netns " + name(member));
        ip(HUB, "link set " + member + " master br0 up");
        ip(member, "addr add " + address(member) + "/24 dev eth0");
        ip(member, "link set eth0 up");
      }
    } catch (IOException e) {
      remove();
      throw e;
    }
  }

  private void add(String member) throws IOException {
    run(List.of("ip", "netns", "add", name(member)));
    ip(member, "link set lo up");
  }

  /** Ends every process in them, and removes them. */
  void remove() throws IOException {
    for (String name : existing()) {
      if (name.startsWith(PREFIX + owner + "-")) {
        remove(name);
      }
    }
  }

  /** Removes those whose makers were killed. */
  static void removeLeftovers() throws IOException {
    for (String name : existing()) {
      Matcher ours = OURS.matcher(name);
      if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
        remove(name);
      }
    }
  }

  private static List<String> existing() throws IOException {
    var names = new ArrayList<String>();
    for (String line : run(List.of("ip", "netns", "list")).lines().toList()) {
      names.add(line.split(" ", 2)[0]);
    }
    return names;
  }

  private static void remove(String name) throws IOException {
    long end = System.nanoTime() + END_MILLIS_MAX * 1_000_000;
    for (List<String> pids = pids(name); !pids.isEmpty(); pids = pids(name)) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("processes " + pids + " in " + name + " survive SIGKILL");
      }
      pids.forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(Namespaces::kill));
      sleep(20);
    }
    run(List.of("ip", "netns", "del", name));
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
  }

  private static List<String> pids(String name) throws IOException {
    return run(List.of("ip", "netns", "pids", name)).lines().toList();
  }

  // ---- faults ----------------------------------------------------------------------------------

  /** Pulls a member's cable. */
  void unplug(String member) {
    unplugged.add(member);
    change(() -> ip(HUB, "link set " + member + " down"));
  }

  void plug(String member) {
    change(() -> ip(HUB, "link set " + member + " up"));
    unplugged.remove(member);
  }

  /**
   * Lets packets from one member to another vanish, unnoticed by the sender; those in the other
   * direction arrive. They go to a station that is not there.
   */
  void vanish(String from, String to) {
    vanishing.add(List.of(from, to));
    String nowhere = address(to) + " lladdr 02:00:00:00:00:01 dev eth0 nud permanent";
    change(() -> ip(from, "neigh replace " + nowhere));
  }

  void arrive(String from, String to) {
    change(() -> ip(from, "neigh del " + address(to) + " dev eth0"));
    vanishing.remove(List.of(from, to));
  }

  /** Delays and loses packets that leave a member, as tc-netem(8) says. */
  void disturb(String member, String netem) {
    disturbed.add(member);
    change(() -> tc(name(member), "qdisc replace dev eth0 root netem " + netem));
  }

  void calm(String member) {
    change(() -> tc(name(member), "qdisc del dev eth0 root"));
    disturbed.remove(member);
  }

  /** Ends every fault. */
  void mend() {
    List.copyOf(unplugged).forEach(this::plug);
    List.copyOf(disturbed).forEach(this::calm);
    List.copyOf(vanishing).forEach(pair -> arrive(pair.get(0), pair.get(1)));
  }

  /** Null when {@link #disturb} works on this machine, else why not. */
  String disturbing() {
    try {
      disturb(members.get(0), "delay 1ms");
      calm(members.get(0));
      return null;
    } catch (FailedException e) {
      disturbed.clear();
      return e.getMessage();
    }
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void change(Change change) {
    try {
      change.make();
    } catch (IOException e) {
      throw new FailedException(e.getMessage(), e);
    }
  }

  // ---- commands --------------------------------------------------------------------------------

  private void ip(String member, String command) throws IOException {
    var all = new ArrayList<>(List.of("ip", "-n", name(member)));
    all.addAll(List.of(command.split(" ")));
    run(all);
  }

  private static void tc(String namespace, String command) throws IOException {
    var all = new ArrayList<>(List.of("tc", "-n", namespace));
    all.addAll(List.of(command.split(" ")));
    run(all);
  }

  /** What a command prints; IOException with that when its status is not 0. */
  static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (var output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
