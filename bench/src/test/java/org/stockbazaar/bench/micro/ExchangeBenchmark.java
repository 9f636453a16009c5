package org.stockbazaar.bench.micro;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.stockbazaar.order.trading.Effects;
import org.stockbazaar.order.trading.Exchange;
import org.stockbazaar.order.trading.Leader;
import org.stockbazaar.order.trading.Origin;
import org.stockbazaar.protocol.invariant.Invariant;
import org.stockbazaar.protocol.message.Entry;
import org.stockbazaar.protocol.message.EntryCodec;
import org.stockbazaar.protocol.message.Key;
import org.stockbazaar.protocol.message.Message;
import org.stockbazaar.protocol.message.Message.Applied;
import org.stockbazaar.protocol.message.Message.Found;
import org.stockbazaar.protocol.message.Message.Traded;
import org.stockbazaar.protocol.message.Side;

/**
 * Trades on the leader, from the request to the answer: keys, book, proposal, commitment, feed of
 * the catalog, release. The log is in memory, the majority and the catalog agree at once.
 */
public class ExchangeBenchmark extends MicroBenchmark {
  private static final int NODE = 3;

  /** How many come in one turn. */
  @Param({"1", "64"})
  public int trades;

  /** How many trades have been before. */
  @Param("1000000")
  public int keys;

  private final MemoryLog log = new MemoryLog();
  private final Exchange exchange = new Exchange(NODE, log, new Told());
  private final Replica replica = new Replica();
  private long asked;
  private long traded;

  @Setup
  public void lead() {
    Entry epoch = replica.propose(Entry.Kind.EPOCH, Key.NONE, null, 0, 0, 0, "");
    exchange.leads(replica, epoch.index());
    exchange.catalogOpened();
    exchange.applied(new Applied(0, 0, true, List.of()));
    exchange.committed(epoch.index());
    exchange.serves();
    agree();
    while (asked < keys) {
      turn();
    }
  }

  @TearDown
  public void check() {
    Invariant.check(traded == asked, "every trade is answered", asked - traded);
  }

  @Benchmark
  public long turn() {
    for (int i = 0; i < trades; i++) {
      asked++;
      exchange.trade(new Origin(1, asked), Samples.trade(asked), 0);
    }
    agree();
    return traded;
  }

  private void agree() {
    exchange.committed(log.lastIndex());
    exchange.flush();
    exchange.applied(new Applied(log.lastIndex(), log.lastChecksum(), true, List.of()));
  }

  /** The rest of a leading replica. */
  private final class Replica implements Leader {
    @Override
    public long epoch() {
      return Samples.EPOCH;
    }

    @Override
    public Entry propose(
        Entry.Kind kind,
        Key key,
        Side side,
        long quantity,
        long priceCents,
        long volumeMax,
        String stock) {
      long number = log.nextNumber() + (kind == Entry.Kind.TRADE ? 1 : 0);
      var entry =
          EntryCodec.sealed(
              log.lastChecksum(),
              new Entry(
                  log.lastIndex() + 1,
                  Samples.EPOCH,
                  kind,
                  number,
                  0,
                  key,
                  side,
                  quantity,
                  priceCents,
                  volumeMax,
                  stock,
                  0));
      log.append(entry);
      return entry;
    }

    @Override
    public long confirm() {
      return 1;
    }
  }

  private final class Told implements Effects {
    @Override
    public void answer(Origin origin, Message reply) {
      if (reply instanceof Traded) {
        traded++;
      }
    }

    @Override
    public void toCatalog(Message message) {}

    @Override
    public void toCatalogAhead(Message message) {}

    @Override
    public void hydrate(String stock, long minimumIndex) {
      exchange.hydrated(stock, minimumIndex, new Found(Samples.stock(stock)));
    }
  }
}
