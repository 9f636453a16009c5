package org.stockbazaar.bench.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;
import org.stockbazaar.bench.simulation.Machine.Surroundings;
import org.stockbazaar.gateway.client.MarketOptions;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Stock;
import org.stockbazaar.protocol.metrics.Metrics;

/**
 * One run of the whole system, decided by a seed: a phase in which things go wrong, then healing
 * and a phase in which everything must come to a good end.
 */
final class Simulation {
  private static final long LIVENESS_NANOS_MAX = 30 * World.SECOND;
  private static final long STEP_NANOS = 50 * World.MILLI;

  private final long seed;
  private final World world;
  private final Swarm swarm;
  private final Truth truth;
  private final Facts facts;
  private final Network network;
  private final Faults.Machines machines;
  private final Faults faults;
  private final List<User> users = new ArrayList<>();
  private boolean healed;
  private String violation;
  private Throwable cause;

  /**
   * How a run went.
   *
   * @param violation the first rule that was broken, null for none
   * @param trace a hash over everything that happened
   * @param epochs how many had a leader
   */
  record Result(
      long seed,
      String violation,
      Throwable cause,
      long trace,
      long nanos,
      long happened,
      long asked,
      long trades,
      int epochs,
      Map<Swarm.Fault, Integer> faults) {
    /** Throws what was wrong, with the command that does it again as the last line. */
    void check() {
      if (violation != null) {
        throw new AssertionError(violation + "\n" + replay(seed), cause);
      }
    }
  }

  private Simulation(long seed, Swarm.Theme theme) {
    this.seed = seed;
    world = new World(seed);
    swarm = new Swarm(world.chance(), theme);
    truth = new Truth(this::violated);
    facts = new Facts(world, truth, this::violated);
    network = new Network(world, swarm.speed, this::sees);
    machines = machines();
    faults = new Faults(world, network, machines, swarm);
    var habits = new User.Habits(machines.gateways(), names(), swarm.thinkNanosMax);
    for (int i = 0; i < swarm.users; i++) {
      users.add(new User(world, network, truth, facts, habits));
    }
    if (swarm.theme == Swarm.Theme.CROSS_PURPOSES) {
      cross(world.chance());
    }
  }

  private void cross(SplittableRandom chance) {
    int first = chance.nextInt(swarm.replicas);
    int second = (first + 1 + chance.nextInt(swarm.replicas - 1)) % swarm.replicas;
    part(machines.gateways().get(0), machines.orders().get(first));
    part(machines.gateways().get(1), machines.orders().get(second));
  }

  private void part(Machine one, Machine other) {
    network.cut(one, other);
    network.cut(other, one);
  }

  private Faults.Machines machines() {
    var around = new Surroundings(world, network, this::violated, this::mourn);
    var metrics = new Metrics();
    var addresses = new TreeMap<Integer, HostPort>();
    for (int id = 1; id <= swarm.replicas; id++) {
      addresses.put(id, new HostPort("order", id));
    }
    var group = new PeerList(addresses);
    var orders = new ArrayList<OrderMachine>();
    for (int id = 1; id <= swarm.replicas; id++) {
      orders.add(new OrderMachine(around, id, group, swarm.order, truth, metrics));
    }
    var catalog = new CatalogMachine(around, stocks(), metrics);
    var options =
        new MarketOptions(
            new HostPort("catalog", 1),
            group,
            swarm.deadlineNanos,
            MarketOptions.IN_FLIGHT_MAX,
            swarm.cacheEntries);
    var gateways = new ArrayList<GatewayMachine>();
    for (int id = 1; id <= swarm.gateways; id++) {
      gateways.add(new GatewayMachine(around, id, options, metrics));
    }
    return new Faults.Machines(orders, catalog, gateways);
  }

  private List<Stock> stocks() {
    var stocks = new ArrayList<Stock>();
    for (String name : names()) {
      // The last one of several has a largest volume.
      long volumeMax = stocks.size() == 3 ? 400 : 0;
      stocks.add(new Stock(name, 1599, 20, 0, volumeMax, 0));
    }
    return stocks;
  }

  private List<String> names() {
    return List.of("GameStart", "FishCo", "BoarCo", "MenhirCo").subList(0, swarm.stocks);
  }

  private void sees(Machine from, Machine to, Message message) {
    truth.sees(from, to, message);
    faults.sees(from, to, message);
  }

  private void mourn(Machine machine) {
    if (machine instanceof GatewayMachine gateway) {
      users.forEach(user -> user.died(gateway));
    }
    if (healed) {
      world.at(world.nowNanos(), machine::start);
    }
  }

  private void violated(String rule, Throwable why) {
    if (violation == null) {
      violation = rule;
      cause = why;
      world.halt();
    }
  }

  // ---- phases ----------------------------------------------------------------------------------

  /** Runs a seed. */
  static Result run(long seed) {
    return run(seed, null);
  }

  /** Runs a seed with this theme. */
  static Result run(long seed, Swarm.Theme theme) {
    return new Simulation(seed, theme).run();
  }

  private Result run() {
    machines.all().forEach(Machine::start);
    world.runUntil(swarm.safetyNanos);
    healed = true;
    faults.heal();
    users.forEach(User::rest);
    if (violation == null) {
      await("every request has its answer", () -> users.stream().allMatch(User::isIdle));
      await("every gateway has leader and catalog", this::isReady);
      settle();
      await("all replicas and the catalog are equal", this::isEqual);
    }
    if (violation == null) {
      facts.checkOrders();
      facts.checkHistory();
    }
    long asked = users.stream().mapToLong(User::asked).sum();
    return new Result(
        seed,
        violation,
        cause,
        world.trace(),
        world.nowNanos(),
        world.happened(),
        asked,
        truth.tradeCount(),
        truth.epochsLed(),
        faults.done());
  }

  private interface Condition {
    boolean holds();
  }

  private void await(String what, Condition condition) {
    long end = world.nowNanos() + LIVENESS_NANOS_MAX;
    while (violation == null && !condition.holds()) {
      if (world.nowNanos() >= end) {
        violated("not in " + LIVENESS_NANOS_MAX / World.SECOND + " s: " + what, null);
      }
      world.runUntil(world.nowNanos() + STEP_NANOS);
    }
  }

  private boolean isReady() {
    return machines.gateways().stream().allMatch(GatewayMachine::isReady);
  }

  /** One more trade and lookup through each gateway: now nothing may fail. */
  private void settle() {
    world.runUntil(world.nowNanos() + World.SECOND);
    for (GatewayMachine gateway : machines.gateways()) {
      users.get(0).prove(names().get(0), gateway);
    }
    await("the last requests have their answers", () -> users.stream().allMatch(User::isIdle));
  }

  private boolean isEqual() {
    long last = truth.lastIndex();
    for (OrderMachine order : machines.orders()) {
      if (order.driver() == null
          || order.driver().commitIndex() != last
          || order.log().lastIndex() != last
          || order.log().lastChecksum() != truth.checksumAt(last)) {
        return false;
      }
    }
    var view = machines.catalog().view();
    return view != null && view.index() == last && view.checksum() == truth.checksumAt(last);
  }

  // ---- the command -----------------------------------------------------------------------------

  /** The command that runs a seed again. */
  static String replay(long seed) {
    return "./mvnw -pl bench -am test -Dtest=SimulationTest#replays -Dsimulation.seed="
        + seed
        + " -Dsurefire.failIfNoSpecifiedTests=false";
  }

  /**
   * What a run finds, null for nothing. Of JDK types only, for other class loaders.
   *
   * @param theme a {@link Swarm.Theme}
   */
  static String violation(long seed, String theme) {
    return new Simulation(seed, Swarm.Theme.valueOf(theme)).run().violation();
  }

  /** Nodes have nothing to say while they are simulated. */
  static void hush(boolean on) {
    ((Logger) LoggerFactory.getLogger("org.stockbazaar")).setLevel(on ? Level.OFF : null);
  }
}
