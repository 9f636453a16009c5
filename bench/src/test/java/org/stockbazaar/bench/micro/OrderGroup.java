package org.stockbazaar.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.stockbazaar.order.driver.Driver;
import org.stockbazaar.order.driver.Network;
import org.stockbazaar.order.driver.Parts;
import org.stockbazaar.order.replication.Ballot;
import org.stockbazaar.order.replication.Group;
import org.stockbazaar.order.replication.Timing;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Traded;

/**
 * Order nodes that hand each other their messages as they are, with a catalog that applies and
 * releases at once. Time stands still, so there are no heartbeats. The highest id leads.
 */
final class OrderGroup {
  private static final long NOW_NANOS = 0;
  private static final long GATEWAY = 1;

  private final List<Member> members = new ArrayList<>();
  private final Member leader;
  private long traded;

  OrderGroup(int replicas) {
    List<Integer> ids = IntStream.rangeClosed(1, replicas).boxed().toList();
    for (int id : ids) {
      members.add(new Member(new Group(id, ids)));
    }
    leader = members.get(replicas - 1);
    leader.driver.catalogOpened();
    leader.driver.catalog(new Applied(0, 0, true, List.of()));
    leader.driver.request(new Origin(GATEWAY, 0), new Nominate(0, ids));
    run();
    Invariant.check(leader.driver.isServing(), "the nominee leads", leader.driver.epoch());
  }

  void ask(long correlation, Trade trade) {
    leader.driver.request(new Origin(GATEWAY, correlation), trade);
  }

  /** Turns as long as anybody wants one; returns how many trades succeeded so far. */
  long run() {
    boolean turned = true;
    while (turned) {
      turned = false;
      for (int i = 0; i < members.size(); i++) {
        turned |= members.get(i).turn();
      }
    }
    return traded;
  }

  /** Everybody has everything. */
  void check(long asked) {
    Invariant.check(traded == asked, "every trade is answered", asked - traded);
    for (Member member : members) {
      long lacks = leader.log.lastIndex() - member.log.lastIndex();
      Invariant.check(lacks == 0, "every replica has every entry", lacks);
    }
  }

  private final class Member implements Network {
    private final int id;
    private final MemoryLog log = new MemoryLog();
    private final Driver driver;
    private boolean wanted;

    Member(Group group) {
      id = group.self();
      var parts = new Parts(group, 1, Timing.DEFAULT, log, log::sync, new MemoryBallot());
      driver = new Driver(parts, this, () -> 0, Member::stop, NOW_NANOS);
    }

    private static void stop(String reason, Throwable cause) {
      Invariant.check(false, reason, cause);
    }

    boolean turn() {
      boolean turns = wanted;
      wanted = false;
      if (turns) {
        driver.turn(NOW_NANOS);
      }
      return turns;
    }

    @Override
    public void toPeer(int peer, Message message) {
      members.get(peer - 1).driver.peer(id, message);
    }

    @Override
    public void flushPeers() {}

    @Override
    public void answer(Origin origin, Message reply) {
      if (reply instanceof Traded) {
        traded++;
      }
    }

    @Override
    public void toCatalog(Message message) {
      if (message instanceof Apply apply) {
        int count = apply.entries().size();
        int checksum =
            count == 0 ? apply.previousChecksum() : apply.entries().get(count - 1).checksum();
        driver.catalog(new Applied(apply.previousIndex() + count, checksum, true, List.of()));
      }
    }

    @Override
    public void hydrate(String stock, long minimumIndex) {
      driver.hydrated(stock, minimumIndex, new Found(Samples.stock(stock)));
    }

    @Override
    public void flush() {}

    @Override
    public void requestTurn() {
      wanted = true;
    }
  }

  private static final class MemoryBallot implements Ballot {
    private long epoch;
    private int votedFor;

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public int votedFor() {
      return votedFor;
    }

    @Override
    public void save(long newEpoch, int vote) {
      epoch = newEpoch;
      votedFor = vote;
    }

    @Override
    public boolean isVoter() {
      return true;
    }

    @Override
    public void enroll() {}
  }
}
