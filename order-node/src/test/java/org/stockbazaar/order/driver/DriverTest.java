package org.stockbazaar.order.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stockbazaar.order.replication.Group;
import org.stockbazaar.order.replication.MemoryBallot;
import org.stockbazaar.order.replication.MemoryLog;
import org.stockbazaar.order.replication.Timing;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Apply;
import org.stockbazaar.protocol.message.Message.Elected;
import org.stockbazaar.protocol.message.Message.Failed;
import org.stockbazaar.protocol.message.Message.FindOrder;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.HandOver;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Order;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.Pong;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Reset;
import org.stockbazaar.protocol.message.Message.Trade;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Message.Transfer;
import org.stockbazaar.protocol.message.Message.Vote;
import org.stockbazaar.protocol.message.Message.WasReset;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;
import org.stockbazaar.protocol.message.Status;
import org.stockbazaar.protocol.message.Stock;

class DriverTest {
  /** Stands in the trace where the log was synced. */
  private static final String SYNC = "sync";

  private static final Origin ANYBODY = new Origin(1, 1);

  private final MemoryLog log = new MemoryLog();
  private final MemoryBallot ballot = new MemoryBallot();
  private final List<Object> trace = new ArrayList<>();
  private final List<String> stops = new ArrayList<>();
  private boolean diskFails;
  private boolean resetAllowed;
  private boolean turnWanted;
  private long nowNanos = 1_000_000_000L;
  private Driver driver;

  private void start(Integer... members) {
    driver =
        new Driver(
            new Parts(
                new Group(members[0], List.of(members)),
                1,
                Timing.DEFAULT,
                log,
                this::sync,
                ballot,
                resetAllowed),
            new Recorder(),
            () -> 1_700_000_000_000L,
            (reason, cause) -> stops.add(reason),
            nowNanos);
  }

  private void sync() {
    if (diskFails) {
      throw new IllegalStateException("the disk has failed");
    }
    trace.add(SYNC);
    log.sync();
  }

  private void turns() {
    while (turnWanted) {
      turnWanted = false;
      nowNanos += 1_000;
      driver.turn(nowNanos);
    }
  }

  private void ask(Message message) {
    assertThat(driver.request(ANYBODY, message)).isTrue();
    turns();
  }

  private int place(Predicate<Object> what) {
    for (int i = 0; i < trace.size(); i++) {
      if (what.test(trace.get(i))) {
        return i;
      }
    }
    throw new AssertionError("not in " + trace);
  }

  private Object last() {
    return trace.get(trace.size() - 1);
  }

  private static Trade trade(int key) {
    return new Trade(1, new Key(7, key), Side.BUY, 10, "GameStart");
  }

  private void lead() {
    start(1);
    driver.catalogOpened();
    driver.catalog(new Applied(0, 0, true, List.of()));
    ask(new Nominate(0, List.of(1)));
  }

  @Test
  @Tag("G8")
  void aTradeForTheLeaderOfAnotherEpochIsNotJudged() {
    lead();
    for (long epoch : new long[] {0, 2}) {
      ask(new Trade(epoch, new Key(7, 1), Side.BUY, 10, "GameStart"));
      assertThat(last()).isEqualTo(new Failed(Status.NOT_LEADER, Reason.NONE, 1, ""));
    }
    assertThat(log.nextNumber()).isZero();
  }

  @Test
  void aNominatedReplicaAloneLeadsAfterItsSync() {
    lead();
    assertThat(trace).contains(new Elected(1));
    assertThat(place(SYNC::equals)).isLessThan(place(Elected.class::isInstance));
    assertThat(driver.hasLeader(nowNanos)).isTrue();
  }

  @Test
  @Tag("O2")
  @Tag("O3")
  void noTradeIsAnsweredBeforeItsSync() {
    lead();
    for (int i = 0; i < 3; i++) {
      trace.clear();
      ask(trade(i));
      assertThat(place(SYNC::equals)).isLessThan(place(new Traded(i)::equals));
    }
    assertThat(driver.lastNumber()).isEqualTo(2);
  }

  @Test
  @Tag("O3")
  void manyTradesOfOneTurnShareOneSync() {
    lead();
    ask(trade(0));
    trace.clear();
    for (int i = 1; i <= 50; i++) {
      driver.request(ANYBODY, trade(i));
    }
    turns();
    assertThat(trace.stream().filter(SYNC::equals)).hasSize(1);
    assertThat(trace.stream().filter(Traded.class::isInstance)).hasSize(50);
  }

  @Test
  @Tag("O3")
  void whenTheSyncFailsNothingLeavesAndTheNodeStops() {
    lead();
    ask(trade(0));
    trace.clear();
    diskFails = true;
    ask(trade(1));
    ask(new Ping());
    assertThat(trace).isEmpty();
    assertThat(stops).hasSize(1);
    assertThat(stops.get(0)).contains("the disk has failed");
  }

  @Test
  @Tag("O3")
  void aFollowerAnswersAnAppendOnlyAfterItsSync() {
    start(1, 2, 3);
    driver.peer(3, append());
    turns();
    assertThat(trace).containsExactly(SYNC, new Appended(1, 4, true, 1, true));
    assertThat(log.syncedIndex()).isEqualTo(1);
  }

  @Test
  @Tag("O3")
  void aFollowerWhoseSyncFailsAnswersNothing() {
    start(1, 2, 3);
    diskFails = true;
    driver.peer(3, append());
    driver.peer(2, new RequestVote(2, false, false, 2, 9, 9));
    turns();
    assertThat(trace).isEmpty();
    assertThat(stops).hasSize(1);
  }

  private static Append append() {
    var open = new Entry(1, 1, Entry.Kind.EPOCH, 0, 0, Key.NONE, null, 0, 0, 0, "", 0);
    Entry sealed = EntryCodec.sealed(0, open);
    return new Append(1, 3, 4, 0, 0, 0, 0, 0, List.of(sealed));
  }

  @Test
  void aLeaderSendsItsEntriesBeforeItSyncs() {
    start(1, 2, 3);
    ask(new Nominate(0, List.of()));
    driver.peer(2, new Vote(1, true, true, Reason.NONE));
    turns();
    trace.clear();
    driver.peer(2, new Vote(1, false, true, Reason.NONE));
    turns();
    assertThat(place(Append.class::isInstance)).isLessThan(place(SYNC::equals));
    assertThat(trace).doesNotContain(new Elected(1));
    driver.peer(2, new Appended(1, 0, true, 1, true));
    turns();
    assertThat(last()).isEqualTo(new Elected(1));
  }

  @Test
  void aTradeThatComesWhileTheLeaderHandsOverIsSentToTheNextOne() {
    start(1, 2, 3);
    ask(new Nominate(0, List.of()));
    driver.peer(2, new Vote(1, true, true, Reason.NONE));
    driver.peer(2, new Vote(1, false, true, Reason.NONE));
    turns();
    driver.peer(2, new Appended(1, 0, true, 1, true));
    driver.peer(3, new Appended(1, 0, true, 1, true));
    turns();
    assertThat(last()).as("everything is there").isInstanceOf(Elected.class);
    ask(new Transfer(3));
    assertThat(trace).contains(new HandOver(1));
    trace.clear();
    ask(trade(1));
    assertThat(trace).as("nothing is logged that the next leader lacks").isEmpty();
    assertThat(log.lastIndex()).isEqualTo(1);
    driver.peer(3, new RequestVote(2, false, true, 3, 1, 1));
    turns();
    assertThat(trace)
        .containsExactly(
            new Vote(2, false, true, Reason.NONE),
            new Failed(Status.NOT_LEADER, Reason.NONE, 0, ""));
  }

  @Test
  @Tag("O2")
  void refusesAResetUnlessItIsAllowed() {
    lead();
    ask(new Reset());
    assertThat(last())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.status()).isEqualTo(Status.REFUSED);
              assertThat(failed.reason()).isEqualTo(Reason.RESET_NOT_ALLOWED);
              assertThat(failed.detail()).contains("--allow-reset");
            });
    assertThat(log.lastIndex()).isEqualTo(1);
  }

  @Test
  @Tag("O2")
  void resetsAfterTheSync() {
    resetAllowed = true;
    lead();
    ask(trade(1));
    trace.clear();
    ask(new Reset());
    assertThat(last()).isEqualTo(new WasReset(3));
    assertThat(place(SYNC::equals)).isLessThan(place(WasReset.class::isInstance));
    assertThat(log.read(3).kind()).isEqualTo(Entry.Kind.RESET);
    ask(trade(2));
    assertThat(last()).as("numbers go on").isEqualTo(new Traded(1));
  }

  @Test
  @Tag("O2")
  void whoDoesNotLeadResetsNothing() {
    resetAllowed = true;
    start(1, 2, 3);
    driver.peer(3, append());
    ask(new Reset());
    assertThat(last()).isEqualTo(new Failed(Status.NOT_LEADER, Reason.NONE, 3, ""));
  }

  @Test
  @Tag("R2")
  void aLeaderLeavesWhenAnotherOneLeads() {
    start(1, 2, 3);
    ask(new Nominate(0, List.of()));
    driver.peer(2, new Vote(1, true, true, Reason.NONE));
    driver.peer(2, new Vote(1, false, true, Reason.NONE));
    turns();
    driver.peer(2, new Appended(1, 0, true, 1, true));
    driver.peer(3, new Appended(1, 0, true, 1, true));
    turns();
    trace.clear();
    driver.leave(() -> trace.add("left"));
    turns();
    assertThat(trace).containsExactly(new HandOver(1));
    ask(trade(1));
    driver.peer(3, new RequestVote(2, false, true, 3, 1, 1));
    turns();
    assertThat(trace).as("the next leader is not heard yet").doesNotContain("left");
    driver.peer(3, new Append(2, 3, 9, 1, 1, log.checksumAt(1), 0, 0, List.of()));
    turns();
    assertThat(trace).contains("left");
    assertThat(trace)
        .as("what waited was sent away before")
        .contains(new Failed(Status.NOT_LEADER, Reason.NONE, 0, ""));
  }

  @Test
  @Tag("R2")
  void aReplicaAloneLeavesAtOnce() {
    lead();
    driver.leave(() -> trace.add("left"));
    turns();
    assertThat(last()).isEqualTo("left");
  }

  @Test
  void whoDoesNotLeadNamesTheLeader() {
    start(1, 2, 3);
    driver.peer(3, append());
    ask(trade(1));
    assertThat(last()).isEqualTo(new Failed(Status.NOT_LEADER, Reason.NONE, 3, ""));
    ask(new FindOrder(0));
    assertThat(last()).isEqualTo(new Failed(Status.NOT_LEADER, Reason.NONE, 3, ""));
    ask(new Ping());
    assertThat(last())
        .isInstanceOfSatisfying(Pong.class, pong -> assertThat(pong.leader()).isEqualTo(3));
  }

  @Test
  @Tag("O5")
  void findsWhatWasTradedAndRepeatsItByKey() {
    lead();
    ask(trade(5));
    ask(trade(5));
    assertThat(last()).isEqualTo(new Traded(0));
    ask(new FindOrder(0));
    assertThat(last()).isEqualTo(new Order(0, Side.BUY, 10, "GameStart"));
    ask(new FindOrder(1));
    assertThat(last())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.status()).isEqualTo(Status.NOT_FOUND));
  }

  @Test
  void takesNoMessageThatAGatewayMayNotSend() {
    start(1);
    assertThat(driver.request(ANYBODY, new Message.Renew())).isFalse();
    assertThat(driver.catalog(new Message.Renew())).isFalse();
  }

  /** Records what leaves; behaves as a catalog that applies and releases at once. */
  private final class Recorder implements Network {
    @Override
    public void toPeer(int peer, Message message) {
      trace.add(message);
    }

    @Override
    public void flushPeers() {}

    @Override
    public void answer(Origin origin, Message reply) {
      trace.add(reply);
    }

    @Override
    public void toCatalog(Message message) {
      if (message instanceof Apply apply && !apply.entries().isEmpty()) {
        trace.add(apply);
        Entry last = apply.entries().get(apply.entries().size() - 1);
        driver.catalog(new Applied(last.index(), last.checksum(), true, List.of()));
      }
    }

    @Override
    public void hydrate(String stock, long minimumIndex) {
      var found = new Found(new Stock(stock, 1599, 10_000, 0, 0, minimumIndex));
      driver.hydrated(stock, minimumIndex, found);
    }

    @Override
    public void flush() {}

    @Override
    public void requestTurn() {
      turnWanted = true;
    }
  }
}
