package org.stockbazaar.bench.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.stockbazaar.protocol.config.FailedException;

/**
 * A system of processes that live on their own: every operation finds them by the files in the data
 * directory, so that one command can start what another one stops.
 */
public final class Cluster {
  private static final long READY_MILLIS_MAX = 60_000;
  private static final long END_MILLIS_MAX = 20_000;
  private static final long LEADER_MILLIS_MAX = 10_000;
  private static final long PATIENCE_MILLIS = 1500;
  private static final long PROGRESS_MILLIS = 1000;

  private final Layout layout;
  private final Settings settings;
  private final Consumer<String> progress;
  private final Map<String, NodeHandle> nodes = new LinkedHashMap<>();

  /**
   * A system on this machine's loopback interface.
   *
   * @param progress told in words what is waited for
   */
  public Cluster(Layout layout, Settings settings, Consumer<String> progress) {
    this(layout, settings, Site.HERE, progress);
  }

  /**
   * A system elsewhere.
   *
   * @param progress told in words what is waited for
   */
  public Cluster(Layout layout, Settings settings, Site site, Consumer<String> progress) {
    this.layout = layout;
    this.settings = settings;
    this.progress = progress;
    for (NodePlan plan : site.place(settings.nodes(layout))) {
      nodes.put(plan.name(), new NodeHandle(plan, layout, site));
    }
  }

  /** The system that lies in {@code layout}; {@link FailedException} when there is none. */
  public static Cluster open(Layout layout, Consumer<String> progress) {
    Settings settings = layout.settings();
    if (settings == null) {
      throw new FailedException(
          "there is no system in "
              + layout.root()
              + "; start one with 'bazaar up', or say where"
              + " it lies with --data DIR");
    }
    return new Cluster(layout, settings, progress);
  }

  public Settings settings() {
    return settings;
  }

  public Layout layout() {
    return layout;
  }

  /** The names of its processes. */
  public List<String> names() {
    return List.copyOf(nodes.keySet());
  }

  /** The process of that name; {@code leader} is the order node that leads. */
  public NodePlan node(String name) {
    return handle(name).plan();
  }

  private NodeHandle handle(String name) {
    String wanted = "leader".equals(name) ? stateWithLeader().leader() : name;
    NodeHandle node = nodes.get(wanted);
    if (node == null) {
      throw new FailedException(
          "there is no '"
              + name
              + "' here; there are "
              + String.join(", ", names())
              + " and leader");
    }
    return node;
  }

  /** Whether every process lives. */
  public boolean allAlive() {
    return nodes.values().stream().allMatch(NodeHandle::alive);
  }

  /** Whether any process lives. */
  public boolean anyAlive() {
    return nodes.values().stream().anyMatch(NodeHandle::alive);
  }

  /** Starts what does not live, and returns when all of it is ready. */
  public void start() {
    exclusively(
        () -> {
          layout.create(settings);
          Home home = Home.find();
          List<NodeHandle> started = new ArrayList<>();
          try {
            for (NodeHandle node : nodes.values()) {
              if (!node.alive()) {
                node.start(home);
                started.add(node);
              }
            }
            awaitReady(List.copyOf(nodes.values()));
          } catch (StartException e) {
            stop(started);
            throw new FailedException(
                e.getMessage() + "\nWhat was started beside it is stopped again.", e);
          } catch (FailedException e) {
            // A busy port: nothing of this start is to stay behind.
            if (started.size() < nodes.size()) {
              stop(started);
            }
            throw e;
          }
        });
  }

  /** Gateways first, so that nothing new comes in; then order nodes; the catalog last. */
  public void stop() {
    exclusively(
        () -> {
          List<NodeHandle> left = stop(List.copyOf(nodes.values()));
          if (!left.isEmpty()) {
            var text = new StringBuilder();
            for (NodeHandle node : left) {
              text.append(node.name()).append(" (process ").append(node.process().pid());
              text.append(") has not ended within ").append(END_MILLIS_MAX / 1000);
              text.append(" s; 'bazaar kill ").append(node.name()).append("' ends it. ");
            }
            throw new FailedException(text.toString().strip());
          }
        });
  }

  private List<NodeHandle> stop(List<NodeHandle> some) throws IOException {
    List<NodeHandle> left = new ArrayList<>();
    for (Kind kind : List.of(Kind.GATEWAY, Kind.ORDER, Kind.CATALOG)) {
      List<NodeHandle> group = some.stream().filter(n -> n.plan().kind() == kind).toList();
      for (NodeHandle node : group) {
        node.terminate();
      }
      for (NodeHandle node : group) {
        if (!node.awaitEnd(END_MILLIS_MAX)) {
          left.add(node);
        }
      }
    }
    return left;
  }

  /** SIGKILL; returns the name of the node, whose process is gone then. */
  public String kill(String name) {
    return exclusively(
        () -> {
          NodeHandle node = running(name);
          OsProcess process = node.process();
          process.signal("KILL");
          if (!process.awaitEnd(END_MILLIS_MAX)) {
            throw new FailedException(node.name() + " survived SIGKILL; the machine is stuck");
          }
          return node.name();
        });
  }

  /** Starts a dead process; ends a live one with SIGTERM first. Returns its name when it is up. */
  public String restart(String name) {
    return exclusively(
        () -> {
          NodeHandle node = handle(name);
          node.terminate();
          if (!node.awaitEnd(END_MILLIS_MAX)) {
            throw new FailedException(
                node.name()
                    + " has not ended within "
                    + END_MILLIS_MAX / 1000
                    + " s; end it with 'bazaar kill "
                    + node.name()
                    + "' and try again");
          }
          node.start(Home.find());
          try {
            if (allAlive()) {
              awaitReady(List.of(node));
            } else {
              awaitLive(node);
            }
          } catch (StartException e) {
            throw new FailedException(e.getMessage(), e);
          }
          return node.name();
        });
  }

  /** SIGSTOP: the process stays, and does nothing until {@link #resume}. */
  public String pause(String name) {
    return signal(name, "STOP", OsProcess.State.PAUSED);
  }

  /** SIGCONT. */
  public String resume(String name) {
    return signal(name, "CONT", OsProcess.State.RUNNING);
  }

  private String signal(String name, String signal, OsProcess.State wanted) {
    return exclusively(
        () -> {
          NodeHandle node = running(name);
          node.signal(signal);
          long end = deadline(END_MILLIS_MAX);
          while (node.process().state() != wanted) {
            if (System.nanoTime() - end > 0 || !node.alive()) {
              throw new FailedException(node.name() + " is " + node.state() + " after " + signal);
            }
            Await.pause();
          }
          return node.name();
        });
  }

  private NodeHandle running(String name) {
    NodeHandle node = handle(name);
    if (!node.alive()) {
      throw new FailedException(
          node.name()
              + " is "
              + node.state()
              + "; start it with 'bazaar restart "
              + node.name()
              + "'");
    }
    return node;
  }

  private void awaitReady(List<NodeHandle> waiting) throws StartException {
    long tell = deadline(PATIENCE_MILLIS);
    long end = deadline(READY_MILLIS_MAX);
    String last = "";
    String told = "";
    for (NodeHandle node : waiting) {
      for (String missing = missing(node); missing != null; missing = missing(node)) {
        requireNoneEnded(waiting);
        String message = "waiting for " + node.name() + ": " + missing;
        boolean changed = !message.equals(last);
        if (changed) {
          // What counts up, as the listing of many stocks does, gets there.
          end = deadline(READY_MILLIS_MAX);
          last = message;
        }
        if (System.nanoTime() - end > 0) {
          throw new FailedException(
              "no further for "
                  + READY_MILLIS_MAX / 1000
                  + " s: "
                  + message
                  + "\nThe processes go on; see 'bazaar status' and 'bazaar logs "
                  + node.name()
                  + "', or end them with 'bazaar down'.");
        }
        if (!message.equals(told) && System.nanoTime() - tell > 0) {
          progress.accept(message);
          told = message;
          tell = deadline(PROGRESS_MILLIS);
        }
        Await.pause();
      }
    }
  }

  /** With others down it cannot become ready, and that is not its fault. */
  private void awaitLive(NodeHandle node) throws StartException {
    long end = deadline(READY_MILLIS_MAX);
    while (!Vitals.isAlive(node.site(), node.plan())) {
      requireNoneEnded(List.of(node));
      if (System.nanoTime() - end > 0) {
        throw new FailedException(
            node.name()
                + " does not answer on "
                + node.plan().http()
                + "; see 'bazaar logs "
                + node.name()
                + "'");
      }
      Await.pause();
    }
    String missing = missing(node);
    if (missing != null) {
      progress.accept(node.name() + " is started; " + missing);
    }
  }

  /** What a node says that it waits for, null for nothing. */
  public String missing(String name) {
    return missing(handle(name));
  }

  private static String missing(NodeHandle node) {
    OsProcess process = node.process();
    if (process != null && process.state() == OsProcess.State.PAUSED) {
      return "it is paused; 'bazaar resume " + node.name() + "' lets it go on";
    }
    return Vitals.missing(node.site(), node.plan());
  }

  private static void requireNoneEnded(List<NodeHandle> waiting) throws StartException {
    for (NodeHandle node : waiting) {
      String ended = node.ended();
      if (ended != null) {
        throw new StartException(ended);
      }
    }
  }

  /** What every process is doing now. */
  public ClusterState state() {
    return new StateReader(nodes.values()).read();
  }

  /** The same with one that leads: waits for an election; {@link FailedException} without one. */
  public ClusterState stateWithLeader() {
    long end = deadline(LEADER_MILLIS_MAX);
    ClusterState state = state();
    while (state.leader() == null) {
      if (!state.canElect() || System.nanoTime() - end > 0) {
        throw new FailedException("no order node leads now; see 'bazaar status'");
      }
      Await.pause();
      state = state();
    }
    return state;
  }

  /** How far an order node knows its log to be committed; null when it does not tell. */
  public Long commitIndex(String name) {
    NodeHandle node = handle(name);
    if (!"running".equals(node.state())) {
      return null;
    }
    Double index = Vitals.metrics(node.site(), node.plan()).get(StateReader.COMMIT_INDEX);
    return index == null ? null : index.longValue();
  }

  /** The last lines of every log and the state of every process, for people who search a fault. */
  public String dump(int lines) {
    var text = new StringBuilder();
    for (NodeHandle node : nodes.values()) {
      text.append("-- ").append(node.name()).append(' ').append(node.state()).append('\n');
      for (String line : node.tail(lines)) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private static long deadline(long timeoutMillis) {
    return System.nanoTime() + millis(timeoutMillis);
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private interface Steps {
    void run() throws IOException, StartException;
  }

  private void exclusively(Steps steps) {
    exclusively(
        () -> {
          try {
            steps.run();
            return true;
          } catch (StartException e) {
            throw new FailedException(e.getMessage(), e);
          }
        });
  }

  private <T> T exclusively(Work<T> work) {
    try {
      FileChannel lock = layout.lock();
      try {
        return work.run();
      } finally {
        lock.close();
      }
    } catch (IOException e) {
      throw new FailedException("cannot work in " + layout.root() + ": " + e.getMessage(), e);
    }
  }
}
