package org.stockbazaar.bench.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.stockbazaar.bench.cluster.Cluster;
import org.stockbazaar.bench.cluster.Kind;
import org.stockbazaar.bench.verify.SystemCheck;
import org.stockbazaar.bench.verify.SystemVerifier;
import org.stockbazaar.order.log.LogReader;
import org.stockbazaar.order.log.LogVerifier;
import org.stockbazaar.order.log.Verification;
import org.stockbazaar.protocol.config.FailedException;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.message.Stock;

/**
 * One run: clients trade while faults happen; then everything is whole again, the clients ask for
 * their orders, and what all of them saw is judged.
 */
public final class ChaosRun {
  private static final int FOUND_AGAIN_MAX = 20_000;

  private final Cluster cluster;
  private final ChaosPlan plan;
  private final Trouble trouble;
  private final Consumer<FaultReport> progress;
  private final List<Client> clients = new ArrayList<>();
  private final List<FaultReport> faults = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final SplittableRandom random;
  private final String run = UUID.randomUUID().toString();
  private final long startNanos = System.nanoTime();

  /**
   * @param cluster all of it must run
   * @param progress told of each fault when it is over
   */
  public ChaosRun(Cluster cluster, ChaosPlan plan, Consumer<FaultReport> progress) {
    this(
        cluster,
        plan,
        (witness, random) -> new Havoc(cluster, plan, random, witness).run(),
        progress);
  }

  /**
   * A run with faults of another kind than the plan's.
   *
   * @param cluster all of it must run
   * @param progress told of each fault when it is over
   */
  public ChaosRun(
      Cluster cluster, ChaosPlan plan, Trouble trouble, Consumer<FaultReport> progress) {
    this.cluster = cluster;
    this.plan = plan;
    this.trouble = trouble;
    this.progress = progress;
    random = new SplittableRandom(plan.seed());
  }

  /** Returns when all is judged; FailedException when it could not even begin. */
  public ChaosResult run() {
    if (!cluster.allAlive()) {
      throw new FailedException(
          "not every process runs; start what does not with 'bazaar up', see 'bazaar status'");
    }
    cluster.start();
    Verification before = LogVerifier.verify(leaderDirectory());
    if (!before.good()) {
      throw new FailedException("the order log is bad already: " + before.problem());
    }
    List<Stock> stocks = choose(before);
    List<String> names = stocks.stream().map(Stock::name).toList();
    var floor = new Floor(gateways(), names, plan.sessions(), run, before.orders());
    trade(floor);
    List<Finding> findings = new ArrayList<>();
    SystemCheck system = null;
    try {
      var log = new RunLog(names, before);
      Long committed = cluster.commitIndex("leader");
      LogReader.read(leaderDirectory(), committed == null ? Long.MAX_VALUE : committed, log);
      findings.addAll(new Judge(stocks, floor.keys(), histories(), log, startNanos).findings());
      system = new SystemVerifier(cluster).verify();
    } catch (FailedException e) {
      failures.add("no verdict: " + e.getMessage());
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    long operations = histories().stream().mapToLong(History::size).sum();
    var result =
        new ChaosResult(names, seconds, operations, faults, failures, findings, system, null);
    return result.good() ? result : kept(result);
  }

  private Path leaderDirectory() {
    return cluster.layout().data(cluster.node("leader").name());
  }

  private List<HostPort> gateways() {
    return cluster.names().stream()
        .map(cluster::node)
        .filter(node -> node.kind() == Kind.GATEWAY)
        .map(node -> node.address())
        .toList();
  }

  /** Stocks that can be traded without end: a maximum volume would stop that. */
  private List<Stock> choose(Verification log) {
    List<Stock> left = new ArrayList<>();
    log.books().values().stream().filter(stock -> stock.volumeMax() == 0).forEach(left::add);
    if (left.isEmpty()) {
      throw new FailedException(
          "every stock has a maximum volume; list one without, with 'bazaar catalog list FILE'");
    }
    List<Stock> chosen = new ArrayList<>();
    while (chosen.size() < plan.stocksUsed() && !left.isEmpty()) {
      chosen.add(left.remove(random.nextInt(left.size())));
    }
    return chosen;
  }

  private List<History> histories() {
    return clients.stream().map(Client::history).toList();
  }

  // ---- clients and faults
  // ------------------------------------------------------------------------

  private void trade(Floor floor) {
    var gaps = new Gaps(System.nanoTime());
    SplittableRandom chance = random.split();
    for (int id = 0; id < plan.sessions(); id++) {
      clients.add(new Client(id, plan, floor, random.split(), gaps));
    }
    var over = new AtomicBoolean();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            plan.sessions(),
            body -> {
              var thread = new Thread(body, "client");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<?>> trading = new ArrayList<>();
      for (Client client : clients) {
        trading.add(threads.submit(() -> goOn(client, over)));
      }
      wreak(new Witness(gaps, faults, progress), chance);
      over.set(true);
      await(trading);
      int most = Math.max(1, FOUND_AGAIN_MAX / plan.sessions());
      await(clients.stream().<Future<?>>map(c -> threads.submit(() -> c.findAgain(most))).toList());
    } finally {
      threads.shutdownNow();
      clients.forEach(Client::close);
    }
    clients.forEach(client -> failures.addAll(client.failures()));
  }

  private void wreak(Witness witness, SplittableRandom chance) {
    try {
      trouble.happen(witness, chance);
    } catch (FailedException e) {
      failures.add("after fault " + faults.size() + ": " + e.getMessage());
    }
  }

  private static void goOn(Client client, AtomicBoolean over) {
    while (!over.get() && !client.hasFailedOften()) {
      client.step();
    }
  }

  private static void await(List<Future<?>> clients) {
    for (Future<?> client : clients) {
      try {
        client.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client broke: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FailedException("interrupted", e);
      }
    }
  }

  // ---- what is wrong
  // -----------------------------------------------------------------------------

  private ChaosResult kept(ChaosResult result) {
    Path file =
        cluster
            .layout()
            .root()
            .resolve("reports")
            .resolve("chaos-" + plan.seed() + "-" + System.currentTimeMillis() + ".csv");
    try {
      new HistoryFile(result.stocks(), startNanos).write(file, histories());
    } catch (IOException e) {
      throw new FailedException("cannot write " + file + ": " + e, e);
    }
    return new ChaosResult(
        result.stocks(),
        result.seconds(),
        result.operations(),
        result.faults(),
        result.failures(),
        result.findings(),
        result.system(),
        file);
  }
}
