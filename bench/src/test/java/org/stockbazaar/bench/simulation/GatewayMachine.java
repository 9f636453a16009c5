package org.stockbazaar.bench.simulation;

import java.util.function.Consumer;
import org.stockbazaar.gateway.client.LiveMarket;
import org.stockbazaar.gateway.client.MarketOptions;
import org.stockbazaar.gateway.http.GatewayStart;
import org.stockbazaar.gateway.http.Market;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/** A gateway behind its HTTP: the market as it is, asked by users. */
final class GatewayMachine extends Machine {
  private final MarketOptions options;
  private final Metrics metrics;
  private LiveMarket market;
  private int serving;
  private boolean draining;
  private boolean leaving;

  GatewayMachine(Surroundings around, int node, MarketOptions options, Metrics metrics) {
    super(around, Role.GATEWAY, node);
    this.options = options;
    this.metrics = metrics;
  }

  @Override
  void boot() {
    serving = 0;
    draining = false;
    leaving = false;
    var clients = new SimulatedClients(this, loop());
    var start = new GatewayStart(node, incarnation());
    market = LiveMarket.open(clients, start, options, chance.split(), metrics);
    market.start();
  }

  @Override
  void gone(boolean powerCut) {
    market = null;
  }

  @Override
  Session accept(Connection connection) {
    return null;
  }

  @Override
  void inspect() {}

  /** Whether it has everything that it needs. */
  boolean isReady() {
    return isWell() && market != null && market.missing().isEmpty();
  }

  /** A user's request arrives; {@code refused} is run when it is not taken. */
  void ask(long atNanos, Consumer<Market> request, Runnable refused) {
    world.at(
        atNanos,
        this,
        () -> {
          if (market == null || draining) {
            refused.run();
          } else {
            serving++;
            request.accept(market);
          }
        });
  }

  /** A request has its answer. */
  void answered() {
    serving--;
    endWhenDrained();
  }

  /** Stops as on SIGTERM: answers what it took, then leaves. */
  void drain() {
    world.at(
        world.nowNanos(),
        this,
        () -> {
          draining = true;
          endWhenDrained();
        });
  }

  private void endWhenDrained() {
    if (draining && serving == 0 && market != null && !leaving) {
      leaving = true;
      market.drain(
          () -> {
            market = null;
            ended();
          });
    }
  }
}
