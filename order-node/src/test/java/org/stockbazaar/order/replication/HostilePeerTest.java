package org.stockbazaar.order.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.stockbazaar.order.replication.Member.Parcel;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Append;
import org.stockbazaar.protocol.message.Message.Appended;
import org.stockbazaar.protocol.message.Message.HandOver;
import org.stockbazaar.protocol.message.Message.Nominate;
import org.stockbazaar.protocol.message.Message.Ping;
import org.stockbazaar.protocol.message.Message.RequestVote;
import org.stockbazaar.protocol.message.Message.Vote;
import org.stockbazaar.protocol.message.Reason;
import org.stockbazaar.protocol.message.Side;

/** A replica keeps its own promises, and its wits, whatever its peers say. */
class HostilePeerTest {
  private static final int SEEDS = 200;
  private static final int MESSAGES = 500;

  @Test
  void noMessageOfAPeerBreaksAnInvariant() {
    long committed = 0;
    int terms = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      try {
        var hostility = new Hostility(seed);
        hostility.run();
        committed += hostility.committed.size();
        terms += hostility.member.terms;
      } catch (Error | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(committed).as("committed entries").isGreaterThan(SEEDS);
    assertThat(terms).as("terms as the leader").isGreaterThan(SEEDS);
  }

  private static final class Hostility implements Member.Promises {
    private final SplittableRandom random;
    private final List<Parcel> network = new ArrayList<>();
    private final Member member = new Member(2, List.of(1, 2, 3), network, this);
    private final List<Integer> committed = new ArrayList<>();
    private long nowNanos = 1;

    Hostility(int seed) {
      random = new SplittableRandom(seed);
    }

    @Override
    public void committed(Member who, long index) {
      for (long i = committed.size() + 1L; i <= index; i++) {
        committed.add(who.log.checksumAt(i));
      }
    }

    @Override
    public void leads(Member who, long epoch) {}

    void run() {
      for (int i = 0; i < MESSAGES; i++) {
        long epoch = member.ballot.epoch();
        int from = random.nextInt(8) == 0 ? random.nextInt(5) : 1 + 2 * random.nextInt(2);
        member.step(new Parcel(from, 2, message(from)), nowNanos);
        nowNanos += random.nextInt(30_000_000);
        if (random.nextInt(4) == 0) {
          member.tick(nowNanos);
        }
        if (random.nextInt(3) == 0) {
          member.sync(nowNanos);
        }
        network.clear();
        assertThat(member.ballot.epoch()).isGreaterThanOrEqualTo(epoch);
        for (int index = 1; index <= committed.size(); index++) {
          assertThat(member.log.checksumAt(index)).isEqualTo(committed.get(index - 1));
        }
      }
    }

    private Message message(int from) {
      return switch (random.nextInt(8)) {
        case 0 -> new RequestVote(epoch(), coin(), coin(), place(from), epoch(), index());
        case 1, 2 -> new Vote(epoch(), coin(), random.nextInt(4) != 0, Reason.NONE);
        case 3 -> new Appended(epoch(), number(), coin(), index(), coin());
        case 4 -> random.nextInt(4) == 0 ? new HandOver(epoch()) : new Ping();
        case 5 -> nominate();
        default -> append(from);
      };
    }

    /** Nominates on the side, so that the messages also meet a candidate and a leader. */
    private Message nominate() {
      if (member.replica.isLeading()) {
        member.trade(nowNanos);
      } else if (coin()) {
        member.nominate(epoch(), List.of(1, 2, 3, 9), nowNanos);
      } else {
        elect();
      }
      return new Nominate(1, List.of());
    }

    private void elect() {
      member.replica.peerClosed(1);
      member.replica.peerClosed(3);
      long epoch = member.ballot.epoch() + 1;
      member.nominate(epoch - 1, List.of(3), nowNanos);
      member.step(new Parcel(1, 2, new Vote(epoch, true, true, Reason.NONE)), nowNanos);
      member.step(new Parcel(1, 2, new Vote(epoch, false, true, Reason.NONE)), nowNanos);
    }

    private Message append(int from) {
      long previous = coin() ? member.log.lastIndex() : Math.max(0, index());
      boolean known = previous <= member.log.lastIndex();
      long previousEpoch = known && !rarely() ? member.log.epochAt(previous) : epoch();
      int checksum = known && !rarely() ? member.log.checksumAt(previous) : random.nextInt();
      long epoch = epoch();
      var entries = new ArrayList<Entry>();
      long nextNumber =
          known && previous > 0 ? member.log.read(previous).nextNumber() : random.nextInt(3);
      int last = checksum;
      for (int i = 1; i <= random.nextInt(4); i++) {
        nextNumber += rarely() ? 0 : 1;
        Entry entry = entry(previous + i + (rarely() ? 1 : 0), epoch, nextNumber, last);
        entries.add(entry);
        last = entry.checksum();
      }
      return new Append(
          epoch,
          place(from),
          number(),
          rarely() ? -1 : previous,
          previousEpoch,
          checksum,
          index(),
          index(),
          entries);
    }

    private Entry entry(long index, long epoch, long nextNumber, int previous) {
      var entry =
          new Entry(
              index,
              epoch,
              Entry.Kind.TRADE,
              nextNumber,
              0,
              new Key(random.nextInt(), 1),
              Side.SELL,
              1,
              0,
              0,
              "GameStart",
              random.nextInt());
      return rarely() ? entry : EntryCodec.sealed(previous, entry);
    }

    private int place(int from) {
      return rarely() ? random.nextInt(5) : from;
    }

    private long epoch() {
      return rarely() ? odd() : Math.max(0, member.ballot.epoch() + random.nextInt(-1, 3));
    }

    private long index() {
      return rarely() ? odd() : member.log.lastIndex() + random.nextInt(-3, 3);
    }

    private long number() {
      return rarely() ? odd() : random.nextInt(50);
    }

    private long odd() {
      long[] values = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE, Long.MAX_VALUE - 1, 1L << 40};
      return values[random.nextInt(values.length)];
    }

    private boolean coin() {
      return random.nextBoolean();
    }

    private boolean rarely() {
      return random.nextInt(16) == 0;
    }
  }
}
