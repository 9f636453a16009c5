package org.stockbazaar.bench.simulation;

import java.util.List;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.order.driver.Parts;
import org.stockbazaar.order.log.LogOptions;
import org.stockbazaar.order.log.OrderLog;
import org.stockbazaar.order.log.VoteFile;
import org.stockbazaar.order.replication.Ballot;
import org.stockbazaar.order.replication.Group;
import org.stockbazaar.order.replication.Log;
import org.stockbazaar.order.replication.Timing;
import org.stockbazaar.order.server.OrderNode;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.channel.Connection;
import org.stockbazaar.protocol.channel.Session;
import org.stockbazaar.protocol.config.HostPort;
import org.stockbazaar.protocol.config.PeerList;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Role;
import org.stockbazaar.protocol.metrics.Metrics;

/** An order node: its own code over a disk that forgets. */
final class OrderMachine extends Machine {
  private static final long CLUSTER = 1;
  private static final HostPort CATALOG = new HostPort("catalog", 1);

  private final PeerList group;
  private final Settings settings;
  private final Truth truth;
  private final Metrics metrics;
  private final Disk disk;
  private OrderLog log;
  private OrderNode order;
  private long transfers;

  /**
   * How its group is made.
   *
   * @param batchMax entries in one Append at most
   */
  record Settings(int batchMax, int segmentBytes, long syncNanosMax) {
    Timing timing() {
      Timing usual = Timing.DEFAULT;
      return new Timing(
          usual.heartbeatNanos(),
          usual.stickinessNanos(),
          usual.majorityNanos(),
          usual.candidacyNanos(),
          usual.handOverNanos(),
          batchMax,
          Math.max(1, batchMax / 4),
          usual.windowMax());
    }
  }

  OrderMachine(
      Surroundings around,
      int node,
      PeerList group,
      Settings settings,
      Truth truth,
      Metrics metrics) {
    super(around, Role.ORDER, node);
    this.group = group;
    this.settings = settings;
    this.truth = truth;
    this.metrics = metrics;
    disk = new Disk(this, settings.syncNanosMax);
  }

  @Override
  void boot() {
    List<Integer> ids = group.ids();
    int segmentBytes = settings.segmentBytes;
    log = OrderLog.open(disk, new LogOptions(segmentBytes, segmentBytes / 4, true));
    Ballot ballot = VoteFile.open(disk, CLUSTER, ids, log.lastEpoch());
    truth.started(this, ballot);
    var parts =
        new Parts(
            new Group(node, ids),
            incarnation(),
            settings.timing(),
            log,
            log::sync,
            truth.watched(this, ballot));
    order =
        new OrderNode(
            new SimulatedClients(this, loop()),
            new OrderNode.Addresses(group, CATALOG),
            parts,
            () -> world.nowNanos() / World.MILLI,
            metrics,
            this::stopped);
    order.start();
  }

  @Override
  void gone(boolean powerCut) {
    order = null;
    log = null;
    if (powerCut) {
      disk.crash();
    }
  }

  @Override
  Session accept(Connection connection) {
    return order == null ? null : order.accept(connection);
  }

  @Override
  void inspect() {
    if (order != null) {
      truth.inspect(this, order.driver());
    }
  }

  /** The process and all that it ever wrote are gone. */
  void loseDisk() {
    kill(true);
    disk.lose();
  }

  /** Whether its disk says what it has promised: otherwise it is, or will be, a learner. */
  boolean isVoter() {
    return disk.keeps("vote");
  }

  int majority() {
    return group.addresses().size() / 2 + 1;
  }

  /** Its log, null while it is down. */
  Log log() {
    return log;
  }

  /** Its replication, null while it is down. */
  Driver driver() {
    return order == null ? null : order.driver();
  }

  /** An operator wants another leader. */
  void transfer(int to) {
    world.at(
        world.nowNanos(),
        this,
        () -> {
          if (order != null) {
            order.driver().request(new Origin(0, ++transfers), new Message.Transfer(to));
          }
        });
  }

  /** Stops as on SIGTERM. */
  void drain() {
    if (order != null) {
      world.at(world.nowNanos(), this, this::drainNow);
    }
  }

  private void drainNow() {
    OrderNode draining = order;
    draining.drain(
        () -> {
          if (order == draining) {
            inspect();
            draining.close();
            log.close();
            order = null;
            log = null;
            ended();
          }
        });
  }
}
