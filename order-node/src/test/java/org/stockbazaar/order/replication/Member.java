package org.stockbazaar.order.replication;

import java.util.ArrayList;
import java.util.List;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Transfer;
import org.stockbazaar.protocol.message.Side;

/** One replica of a test's group with its disk, its driver and what it told. */
final class Member implements Outbox {
  /** A message on its way. */
  record Parcel(int from, int to, Message message) {}

  final int id;
  final MemoryLog log = new MemoryLog();
  final MemoryBallot ballot = new MemoryBallot();
  final List<Message> answers = new ArrayList<>();
  final List<Long> confirmed = new ArrayList<>();
  private final List<Parcel> network;
  private final Promises promises;
  private final Group group;
  private final List<Parcel> held = new ArrayList<>();
  private long incarnation;
  Replica replica;
  int terms;
  int deposals;

  /** Told of what must be true at once. */
  interface Promises {
    void committed(Member member, long index);

    void leads(Member member, long epoch);
  }

  Member(int id, List<Integer> members, List<Parcel> network, Promises promises) {
    this.id = id;
    this.network = network;
    this.promises = promises;
    group = new Group(id, members);
    start();
  }

  void start() {
    incarnation++;
    replica =
        new Replica(
            group,
            incarnation,
            Timing.DEFAULT,
            new Replica.Storage(log, ballot),
            () -> 1_700_000_000_000L,
            this);
  }

  boolean isUp() {
    return replica != null;
  }

  /** Loses all that is not on the disk. */
  void crash() {
    held.clear();
    log.crash();
    replica = null;
  }

  void nominate(long epoch, List<Integer> answered, long nowNanos) {
    replica.nominate(new Nominate(epoch, answered), answers::add, nowNanos);
    replica.flush(nowNanos);
  }

  void transfer(int to, long nowNanos) {
    replica.transfer(new Transfer(to), answers::add, nowNanos);
    replica.flush(nowNanos);
  }

  /** As a driver does on SIGTERM. */
  void leave(long nowNanos) {
    replica.leave(answers::add, nowNanos);
    replica.flush(nowNanos);
  }

  void step(Parcel parcel, long nowNanos) {
    replica.step(parcel.from(), parcel.message(), nowNanos);
    replica.flush(nowNanos);
  }

  void tick(long nowNanos) {
    replica.tick(nowNanos);
    replica.flush(nowNanos);
  }

  Entry trade(long nowNanos) {
    var key = new Key(id, log.lastIndex() + 1);
    Entry entry = replica.propose(Entry.Kind.TRADE, key, Side.SELL, 5, 0, 0, "GameStart");
    replica.flush(nowNanos);
    return entry;
  }

  /** The end of a driver's turn: promises leave after the sync. */
  void sync(long nowNanos) {
    log.sync();
    replica.synced(log.syncedIndex(), nowNanos);
    network.addAll(held);
    held.clear();
    replica.flush(nowNanos);
  }

  @Override
  public void send(int to, Message message) {
    network.add(new Parcel(id, to, message));
  }

  @Override
  public void promise(int to, Message message) {
    held.add(new Parcel(id, to, message));
  }

  @Override
  public void appended(Entry entry) {}

  @Override
  public void truncated(long lastKept) {}

  @Override
  public void committed(long index) {
    promises.committed(this, index);
  }

  @Override
  public void leads(long epoch, long epochIndex) {
    terms++;
    promises.leads(this, epoch);
  }

  @Override
  public void serves() {}

  @Override
  public void deposed(int leader) {
    deposals++;
  }

  @Override
  public void confirmed(long round) {
    confirmed.add(round);
  }
}
